import type { Command } from '../handler.ts'
import { listAppointmentsCommand, startAppointmentCommand } from './appointment.ts'
import { appointmentStepCommand } from './appointment-step.ts'
import { cancelHandOverCommand } from './cancel-planned.ts'
import { contactCardCommand, issueCardsCommand, publicNoticeCommand } from './contact-card.ts'
import { handOverCommand, leavesCommand } from './hand-over.ts'
import { noteDetailCommand } from './note-detail.ts'
import { profileCommand } from './profile.ts'
import { obligationsCommand, rightsCommand } from './rights.ts'
import { askPostCommand, decideRequestCommand, resignCommand } from './staff-request.ts'

/** People of the grids: files, cards, rights, appointments, hand-over. */
export const staffCommands: readonly Command[] = [
  profileCommand,
  noteDetailCommand,
  contactCardCommand,
  issueCardsCommand,
  publicNoticeCommand,
  rightsCommand,
  obligationsCommand,
  resignCommand,
  askPostCommand,
  decideRequestCommand,
  appointmentStepCommand,
  startAppointmentCommand,
  listAppointmentsCommand,
  handOverCommand,
  leavesCommand,
  cancelHandOverCommand,
]
