export type NoticeKind = 'open-from-chat' | 'not-set-up' | 'not-on-roster' | 'failed'

/** Where no page can be shown: why, kindly, and what to do next. */
export function Notice({ botName, kind, detail }: { botName: string; kind: NoticeKind; detail?: string }) {
  const words = {
    'open-from-chat': {
      title: `请从聊天里打开`,
      text: `这个页面要知道您是谁。请在钉钉或企业微信里，点${botName}发给您的链接，或点工作台里的“${botName}”。`,
    },
    'not-set-up': {
      title: '手机页还没配好',
      text: '请告诉街道的管理员：这个应用的企业编号还没有填，填好就能打开。',
    },
    'not-on-roster': {
      title: '还没找到您的名字',
      text: `您的账号（${detail}）还不在街道名册里。请把这行账号告诉街道的管理员，加上以后再打开就好。`,
    },
    failed: { title: '这次没成功', text: detail ?? '请稍后再试。' },
  }[kind]
  return (
    <main class="alone">
      <p class="mark" aria-hidden="true">
        格
      </p>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
    </main>
  )
}
