import { inflateRawSync } from 'node:zlib'
import type { IncidentCategory, InfoTopic, Intent } from '../../handlers/slots.ts'
import { CATEGORIES, INTENTS, TOPICS } from './classes.ts'
import type { Evidence } from './cues/cue.ts'
import { CATEGORY_WEIGHTS, INTENT_WEIGHTS, TOPIC_WEIGHTS } from './data/weights.ts'
import { listIntentBuckets, listWordBuckets } from './features.ts'

/** A linear model: one byte for each bucket and class. */
interface Model {
  weights: Int8Array
  scale: number
}

/** Unpacks a model when it is first asked: the training, which makes the weights, runs without them. */
function createModel({ packed, scale }: { packed: string; scale: number }): () => Model {
  let model: Model | undefined
  return () => {
    if (!model) {
      const bytes = inflateRawSync(Buffer.from(packed, 'base64'))
      model = { weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), scale }
    }
    return model
  }
}

const intentModel = createModel(INTENT_WEIGHTS)
const categoryModel = createModel(CATEGORY_WEIGHTS)
const topicModel = createModel(TOPIC_WEIGHTS)

/** Natural logarithms of the classes' probabilities, in the order of the classes. */
function weigh({ weights, scale }: Model, buckets: readonly number[], classes: number): Float64Array {
  const scores = new Float64Array(classes)
  for (const bucket of buckets) {
    const row = bucket * classes
    for (let index = 0; index < classes; index++) scores[index]! += weights[row + index]!
  }
  let top = Number.NEGATIVE_INFINITY
  for (let index = 0; index < classes; index++) {
    scores[index]! /= scale
    top = Math.max(top, scores[index]!)
  }
  let total = 0
  for (let index = 0; index < classes; index++) total += Math.exp(scores[index]! - top)
  const log = top + Math.log(total)
  for (let index = 0; index < classes; index++) scores[index]! -= log
  return scores
}

/** How likely each intent is by its words, as natural logarithms of probabilities. */
export function classifyIntent(evidence: Evidence): Map<Intent, number> {
  const logs = weigh(intentModel(), listIntentBuckets(evidence), INTENTS.length)
  return new Map(INTENTS.map((intent, index) => [intent, logs[index]!]))
}

/** How likely each category of incident is by the words of `text`, as natural logarithms of probabilities. */
export function classifyCategory(text: string): Map<IncidentCategory, number> {
  const logs = weigh(categoryModel(), listWordBuckets(text), CATEGORIES.length)
  return new Map(CATEGORIES.map((category, index) => [category, logs[index]!]))
}

/** How likely each topic of information is by the words of `text`, as natural logarithms of probabilities. */
export function classifyTopic(text: string): Map<InfoTopic, number> {
  const logs = weigh(topicModel(), listWordBuckets(text), TOPICS.length)
  return new Map(TOPICS.map((topic, index) => [topic, logs[index]!]))
}
