import { closeExam, dropQuestion, listExamAnswers, listExams, listQuestions } from '../../storage/exams.ts'
import {
  deleteTrainer,
  deleteTrainingDone,
  dropPlannedTraining,
  findPlannedTraining,
  findTrainingDone,
  listTrainers,
} from '../../storage/trainings.ts'
import { refuse, type Undoable } from '../handler.ts'

export const undoablePlan: Undoable = {
  async describe({ db }, id) {
    const planned = await findPlannedTraining(db, id)
    return planned && `培训计划 ${planned.month}月《${planned.topic}》`
  },
  async undo({ db, now }, id) {
    await dropPlannedTraining(db, id, now)
    return undefined
  },
}

export const undoableTrainingDone: Undoable = {
  async describe({ db, roster }, id) {
    const done = await findTrainingDone(db, id)
    return done && `${roster.memberById(done.memberId)?.name ?? ''}的${done.kind === 'makeUp' ? '补训' : '岗前培训'}`
  },
  async undo({ db }, id) {
    await deleteTrainingDone(db, id)
    return undefined
  },
}

export const undoableTrainer: Undoable = {
  async describe({ db }, id) {
    const trainer = (await listTrainers(db)).find(one => one.id === id)
    return trainer && `培训师资 ${trainer.name.reveal()}`
  },
  async undo({ db }, id) {
    await deleteTrainer(db, id)
    return undefined
  },
}

export const undoableQuestion: Undoable = {
  async describe({ db }, id) {
    const question = (await listQuestions(db)).find(one => one.id === id)
    return question && `${question.no}号题`
  },
  async undo({ db, now }, id) {
    await dropQuestion(db, id, now)
    return undefined
  },
}

/** Only while nobody has answered; afterwards it is closed, not undone. */
export const undoableExam: Undoable = {
  async describe({ db }, id) {
    const exam = (await listExams(db, { open: true })).find(one => one.id === id)
    return exam && `${exam.no}号考试（${exam.topic}）`
  },
  async undo({ db, now }, id) {
    if ((await listExamAnswers(db, [id])).length > 0) {
      return refuse('in-other-hands', '已经有人答题，撤不回来了；不考了请发“结束考试”。')
    }
    await closeExam(db, id, now)
    return undefined
  },
}
