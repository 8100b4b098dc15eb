const PLACES: Readonly<Record<string, number>> = { fen: 2, bp: 2, hundredth: 2, gram: 3, g: 3 }

/** Decimal places of the unit people write in, as on the pages: yuan for fen, kilograms for grams, percent for bp. */
export const placesOf = (unit: string | undefined): number => PLACES[unit ?? ''] ?? 0

/** A stored amount in the unit people write in: for a text, never to count with. */
export const inShownUnit = (value: number, unit: string | undefined): number => value / 10 ** placesOf(unit)
