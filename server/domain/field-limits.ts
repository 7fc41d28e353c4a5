/** Of a field's outline and its holes together. */
export const MOST_CORNERS = 5000;
