import { useEffect, useState } from 'preact/hooks'
import type { SignInData } from '../shared/phone-api.ts'
import { postJson } from './http.ts'

/** Asks DingTalk who is looking, tells the server, and goes where the person wanted to go. */
export function SignIn({ app, state }: SignInData) {
  const [fault, setFault] = useState<string>()
  useEffect(() => {
    enter().catch((error: unknown) => setFault((error as Error).message))
  }, [])

  async function enter(): Promise<void> {
    const { askDingtalkForCode } = await import('./bridge/dingtalk-code.ts')
    const code = await askDingtalkForCode(app)
    const { path } = await postJson<{ path: string }>('/sign-in', { code, state })
    location.replace(path)
  }

  return (
    <main class="alone">
      <p class="mark" aria-hidden="true">
        格
      </p>
      {fault ? (
        <>
          <h1>没能登录</h1>
          <p role="alert">{fault}</p>
          <button type="button" class="primary" onClick={() => location.reload()}>
            再试一次
          </button>
        </>
      ) : (
        <p role="status">正在打开…</p>
      )}
    </main>
  )
}
