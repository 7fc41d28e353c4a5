/** Style sheets are imported for their effect only; vite turns them into files of their own. */
declare module '*.css';
