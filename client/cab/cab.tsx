export function Cab() {
  return null;
}
