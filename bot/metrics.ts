import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

export interface Metrics {
  registry: Registry
  rejected(channel: string, reason: string): void
  received(channel: string, outcome: 'new' | 'duplicate' | 'held'): void
  budget(channel: string, meter: string, used: number, quota: number): void
  outbox(state: string, count: number): void
  gap(channel: string): void
}

/** Prometheus' view of the program; labels never hold personal data. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'xiaoge_' })
  const registers = [registry]
  const rejected = new Counter({
    name: 'xiaoge_callback_rejected_total',
    help: 'Callbacks refused before anything was stored',
    labelNames: ['channel', 'reason'] as const,
    registers,
  })
  const received = new Counter({
    name: 'xiaoge_messages_received_total',
    help: 'Messages taken in',
    labelNames: ['channel', 'outcome'] as const,
    registers,
  })
  const used = new Gauge({
    name: 'xiaoge_budget_used',
    help: "Uses of the platform's monthly allowance",
    labelNames: ['channel', 'meter'] as const,
    registers,
  })
  const left = new Gauge({
    name: 'xiaoge_budget_left',
    help: "What is left of the platform's monthly allowance",
    labelNames: ['channel', 'meter'] as const,
    registers,
  })
  const outbox = new Gauge({
    name: 'xiaoge_outbox_items',
    help: 'Texts in the outbox by state',
    labelNames: ['state'] as const,
    registers,
  })
  const gaps = new Counter({
    name: 'xiaoge_channel_gaps_total',
    help: 'Times a channel could not hear for 30 seconds or more',
    labelNames: ['channel'] as const,
    registers,
  })
  return {
    registry,
    rejected: (channel, reason) => rejected.inc({ channel, reason }),
    received: (channel, outcome) => received.inc({ channel, outcome }),
    budget: (channel, meter, count, quota) => {
      used.set({ channel, meter }, count)
      left.set({ channel, meter }, Math.max(0, quota - count))
    },
    outbox: (state, count) => outbox.set({ state }, count),
    gap: channel => gaps.inc({ channel }),
  }
}
