import { readDocument } from '../../bot/documents/read-docx.ts'
import { createEnclose } from '../../bot/enclosures.ts'
import { listOutbox } from './run-job.ts'
import type { TestStreet } from './street.ts'
import { testVault } from './vault.ts'

/** The document that the newest answer with one carries: its name, and everything that stands in it. */
export async function readLastPaper(street: TestStreet): Promise<{ name: string; text: string }> {
  const attachment = (await listOutbox(street)).findLast(item => item.attachment !== undefined)?.attachment
  if (!attachment) throw new Error('nothing carries a document')
  const enclose = createEnclose({ store: street.store, vault: testVault(), clock: { now: street.now }, dataDir: '' })
  const { file } = await enclose(attachment, street.db.street)
  return { name: file!.fileName, text: await readDocument(file!.bytes) }
}
