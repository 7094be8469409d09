export interface Choice {
  key: string
  name: string
  role: string
}

/** The people of the simulated street, each a button. */
export function Chooser({ people, to }: { people: readonly Choice[]; to: string }) {
  return (
    <main class="chooser">
      <h1>换谁来看？</h1>
      <p class="quiet">模拟器已打开，可以用任何人的身份看手机页。</p>
      {people.length === 0 && <p>还没有导入花名册。</p>}
      <form method="post" action="/sim/h5">
        <input type="hidden" name="to" value={to} />
        {people.map(({ key, name, role }) => (
          <button type="submit" name="user" value={key} key={key} class="row">
            <b>{name}</b>
            <span>{role}</span>
          </button>
        ))}
      </form>
    </main>
  )
}
