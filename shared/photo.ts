/** A repair holds so many photos. */
export const MOST_PHOTOS = 8;
/** A photo as it is sent, bytes. */
export const MOST_PHOTO_BYTES = 2 * 1024 * 1024;
/** The longer side of a photo as it is kept, pixels. */
export const PHOTO_SIDE = 1600;
