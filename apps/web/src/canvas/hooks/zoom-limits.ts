/** From a thousand nodes in sight at once to one interface name across the screen. */
export const zoomLimits = { min: 0.08, max: 3 } as const;
