import gcoord from 'gcoord';
import type { LngLat } from '../../shared/registry.ts';
import type { CabOrder } from './inbox.ts';

/** There is no road network: a road is so much longer than the straight line, and a machine on it so fast, unless the server says otherwise. */
const DETOUR = 1.35;
const ROAD_KMH = 20;
const EARTH_KM = 6371.0088;
/** A position that is older says nothing of where the machine is. */
const STALE_MS = 30 * 60_000;

export function straightKm([lng, lat]: LngLat, [toLng, toLat]: LngLat): number {
  const rad = Math.PI / 180;
  const half = (degrees: number) => Math.sin((degrees * rad) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half(toLat - lat) + Math.cos(lat * rad) * Math.cos(toLat * rad) * half(toLng - lng)));
}

export interface Way {
  km: number;
  hours: number;
}

/** Estimated road from the phone's own last position; where it has none, as the server had it when the order went out. Null: not known. */
export function wayTo(order: CabOrder, newest: { lng: number; lat: number; fixTime: number } | null, now: number): Way | null {
  const kmh = order.km !== null && order.travelH ? order.km / order.travelH : ROAD_KMH;
  if (newest && now - newest.fixTime < STALE_MS) {
    const km = DETOUR * straightKm([newest.lng, newest.lat], order.lngLat);
    return { km, hours: km / kmh };
  }
  return order.km === null ? null : { km: order.km, hours: order.travelH ?? order.km / kmh };
}

/** Opens the map app, or its page: Chinese maps take GCJ-02. */
export function mapLink([lng, lat]: LngLat, name: string): string {
  const [east, north] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
  const to = `${east.toFixed(6)},${north.toFixed(6)},${name}`;
  return `https://uri.amap.com/navigation?${new URLSearchParams({ to, mode: 'car', coordinate: 'gaode', callnative: '1' })}`;
}

/** For whichever map app an Android phone has; iPhones know no such links. */
export const geoLink = ([lng, lat]: LngLat, name: string): string => {
  const [east, north] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
  const at = `${north.toFixed(6)},${east.toFixed(6)}`;
  return `geo:${at}?q=${at}(${encodeURIComponent(name)})`;
};

export const hasGeoLinks = (): boolean => /Android/i.test(navigator.userAgent);
