/** Said in the middle of an otherwise empty map. */
export const MapCard = ({ title, lead }: { title: string; lead: string }) => (
  <div class="map-card" role="status">
    <strong>{title}</strong>
    <p>{lead}</p>
  </div>
);
