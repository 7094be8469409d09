/** WeCom as a `Channel`: the self-built app (private messages), the 智能机器人 (groups) and the groups' push addresses, as configured. */
import { type Channel, type ChannelHealth, type Outgoing, type Route, SendError } from '../channel.ts'
import type { WecomPart } from './part.ts'

/** @param parts the preferred first: where several reach somebody, that one speaks */
export function createWecomChannel(parts: readonly WecomPart[]): Channel {
  function reaches(route: Route, to: Outgoing['to']): 'now' | 'later' | 'never' {
    const ways = parts.map(part => part.reaches(route, to))
    return ways.includes('now') ? 'now' : ways.includes('later') ? 'later' : 'never'
  }

  function partFor(route: Route, to: Outgoing['to']): WecomPart | undefined {
    const way = reaches(route, to)
    return way === 'never' ? undefined : parts.find(part => part.reaches(route, to) === way)
  }

  function ownerOf(ref: string): WecomPart {
    const owner = parts.find(part => part.owns(ref))
    if (!owner) throw new SendError('refused', '没有配置发来它的那一种企业微信应用')
    return owner
  }

  const listPunches = parts.find(part => part.listPunches)?.listPunches

  return {
    name: 'wecom',
    callbacks: parts.flatMap(({ callbacks }) => callbacks),
    reaches,
    showsCards: (to, route, buttons) => partFor(route, to)?.showsCards(to, route, buttons) ?? false,
    canMention: route => parts.some(part => part.canMention(route)),
    meter: route => (route.kind === 'api' ? 'api' : 'webhook'),

    async start(receive) {
      for (const part of parts) await part.start(receive)
    },
    async stop() {
      for (const part of parts) await part.stop()
    },
    health: (): ChannelHealth => parts.map(part => part.health()).find(({ ok }) => !ok) ?? { ok: true },

    async send(item) {
      const part = partFor(item.route, item.to)
      if (!part) throw new SendError('routeGone', '企业微信没有能到那里的通道')
      return part.send(item)
    },
    changeCard: async change => ownerOf(change.ref).changeCard(change),
    fetchMedia: async (ref, maxBytes) => ownerOf(ref.ref).fetchMedia(ref, maxBytes),
    ...(listPunches && { listPunches }),
    async diagnose() {
      return (await Promise.all(parts.map(part => part.diagnose()))).flat()
    },
  }
}
