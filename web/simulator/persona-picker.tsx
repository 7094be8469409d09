import { useRef, useState } from 'preact/hooks'
import type { Person } from '../shared/simulator-api.ts'
import { Avatar } from './avatar.tsx'

interface Props {
  people: Person[]
  persona: Person
  play(person: Person): void
}

/** Whose mouth the words are put into: anybody of the street, found by name, grid or role. */
export function PersonaPicker({ people, persona, play }: Props) {
  const [wanted, setWanted] = useState('')
  const dialog = useRef<HTMLDialogElement>(null)
  const words = wanted.trim().split(/\s+/)
  const found = people.filter(({ name, role, community }) =>
    words.every(word => `${name} ${role} ${community ?? ''}`.includes(word)),
  )
  const choose = (person: Person) => {
    play(person)
    dialog.current?.close()
    setWanted('')
  }

  return (
    <>
      <button type="button" class="persona" onClick={() => dialog.current?.showModal()} aria-haspopup="dialog">
        <Avatar name={persona.name} />
        <span>
          以<b>{persona.name}</b>的身份<small>{persona.role}</small>
        </span>
        <span class="change">换人</span>
      </button>
      <dialog ref={dialog} class="picker" aria-label="选一个身份">
        <div class="picker-head">
          <input
            type="search"
            placeholder="搜姓名、网格或角色，如：书记"
            aria-label="搜人"
            value={wanted}
            onInput={event => setWanted(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key === 'Enter' && found[0]) choose(found[0])
            }}
          />
          <button type="button" onClick={() => dialog.current?.close()}>
            关闭
          </button>
        </div>
        <ul>
          {found.map(person => (
            <li key={person.key}>
              <button type="button" class="row" onClick={() => choose(person)}>
                <Avatar name={person.name} />
                <span class="name">
                  {person.name}
                  <small>
                    {person.role}
                    {person.community && !person.role.includes(person.community) && ` · ${person.community}`}
                  </small>
                </span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li class="empty">没有找到，换个词试试。</li>}
        </ul>
      </dialog>
    </>
  )
}
