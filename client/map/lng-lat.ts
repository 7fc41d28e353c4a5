import { type LatLng, type LatLngBounds, latLng, latLngBounds } from 'leaflet';
import type { LngLat } from '../../shared/registry.ts';

/** Everything else speaks [lng, lat]; Leaflet alone speaks (lat, lng), and only here is one turned into the other. */
export const toLeaflet = ([lng, lat]: LngLat): LatLng => latLng(lat, lng);
export const fromLeaflet = (at: LatLng): LngLat => [at.lng, at.lat];
export const ringToLeaflet = (ring: readonly LngLat[]): LatLng[] => ring.map(toLeaflet);
export const boundsOf = (points: readonly LngLat[]): LatLngBounds => latLngBounds(points.map(toLeaflet));
