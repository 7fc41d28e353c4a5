export const cabRoutes = {} as const;
