/** Where goods are kept: at room temperature, chilled, frozen, or beside the field they come from. */
export const placeKinds = ['ambient', 'chilled', 'frozen', 'field'] as const
/** Nothing more comes to a place that is closed. */
export const placeStates = ['open', 'closed'] as const
