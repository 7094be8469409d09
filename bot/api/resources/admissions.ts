import { isScorable } from '../../../policy/admission.ts'
import { formatInstant } from '../../../policy/time.ts'
import { type Admission, listAdmissions } from '../../../storage/admissions.ts'
import { cutPage, mapPage } from '../page.ts'
import { keyOf, type Resource, type View } from '../view.ts'

/** `?status=admitted|stopped`: what may enter the grids. */
export const admissions: Resource = {
  path: 'admissions',
  async list(view, query) {
    const status = query.get('status') as Admission['status'] | undefined
    const all = await listAdmissions(view.db, { statuses: status && [status] })
    return mapPage(
      cutPage(all, query, ({ id }) => id),
      items => items.map(admission => show(view, admission)),
    )
  },
  async find(view, code) {
    const [admission] = await listAdmissions(view.db, { code: code.toUpperCase() })
    return admission && show(view, admission)
  },
}

function show(view: View, admission: Admission) {
  const { code, kind, title, department, standard, training, from, to, status, messageId } = admission
  return {
    code,
    kind,
    title,
    department,
    standard,
    training,
    scorable: kind !== 'appraisal' && isScorable({ standard, training }),
    from,
    to,
    status,
    registeredBy: keyOf(view, admission.registeredBy),
    registeredAt: formatInstant(admission.registeredAt),
    messageId,
  }
}
