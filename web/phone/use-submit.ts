import { useState } from 'preact/hooks'
import type { PhoneForm } from '../shared/phone-api.ts'
import type { Outcome } from './outbox/outbox.ts'
import type { OutboxView } from './use-outbox.ts'

export interface Submitting {
  isSending: boolean
  /** The sentence to show where it was refused; the form stays as it was filled in. */
  fault?: string
  outcome?: Outcome
  submit(form: PhoneForm, more?: Parameters<OutboxView['submit']>[1]): Promise<Outcome | undefined>
  refuse(sentence: string): void
  reset(): void
}

/** Sends one form, once, however often the thumb comes down. */
export function useSubmit(outbox: OutboxView): Submitting {
  const [isSending, setSending] = useState(false)
  const [fault, setFault] = useState<string>()
  const [outcome, setOutcome] = useState<Outcome>()
  return {
    isSending,
    fault,
    outcome,
    async submit(form, more) {
      if (isSending) return undefined
      setSending(true)
      setFault(undefined)
      try {
        const came = await outbox.submit(form, more)
        setOutcome(came)
        return came
      } catch (error) {
        setFault((error as Error).message)
        return undefined
      } finally {
        setSending(false)
      }
    },
    refuse: setFault,
    reset() {
      setOutcome(undefined)
      setFault(undefined)
    },
  }
}
