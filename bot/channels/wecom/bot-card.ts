import type { CardChange } from '../channel.ts'
import type { JsonObject } from '../json.ts'
import { fitsCard } from './cards.ts'

/**
 * A pressed card as everybody sees it afterwards: one grey button that says what was decided. An update shows a whole card under
 * the same task id (path 101032), and a card of this kind cannot be without buttons; no card of ours has this one's key.
 */
export function renderPressedCard({ card, text, label }: CardChange, taskId: string): JsonObject {
  return {
    card_type: 'button_interaction',
    main_title: { title: card.title },
    ...(fitsCard(text) && { sub_title_text: text }),
    button_list: [{ text: label, key: 'decided', style: 2 }],
    task_id: taskId,
  }
}
