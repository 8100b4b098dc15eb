import { baseRecognitions } from './bases.ts'
import { entries } from './entries.ts'
import { marks } from './marks.ts'
import { recognitions } from './recognitions.ts'
import type { Story } from './story.ts'

export type { Objection, Step, Story } from './story.ts'

/** Every case of the demonstration. All of them are invented; what they are about has its own source. */
export const stories: readonly Story[] = [...entries, ...recognitions, ...baseRecognitions, ...marks]
