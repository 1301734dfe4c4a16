import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { canonical } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { Write } from '../core/trace.ts'
import { UserError } from '../core/user-error.ts'
import { counted } from '../core/wording.ts'
import { DiskImage } from '../node/index.ts'
import { recordBytes, scan } from './wal-format.ts'
import type { Scanned } from './wal-format.ts'

/** Whose data it is. A node starts only on data of its own. */
export interface Owner {
  readonly protocol: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly mutant?: string
  readonly node: string
  readonly nodes: readonly string[]
}

export interface OpenedFile {
  readonly file: WriteAheadFile
  /** What was found, in a sentence each: a torn tail that was dropped, damage. */
  readonly findings: readonly string[]
}

export interface FileOptions {
  /** Damage is told to the program instead of being an error. Default: no. */
  readonly corruption?: boolean
  /** Smaller files are not written anew. Default: 1 MiB. */
  readonly compactBytes?: number
}

/** A file is written anew when it has grown this many times since it was last. */
const GROWTH = 4

/** How long to wait when the disk is full, in milliseconds. */
const FULL_MS = 100

/** The data of one node: every write it asked for, in order, in a file of its own. */
export class WriteAheadFile {
  /** What is on the disk. */
  readonly image: DiskImage
  readonly #path: string
  readonly #directory: string
  readonly #owner: Owner
  readonly #compactBytes: number
  #handle: FileHandle
  #end: number
  #begun: number

  private constructor(
    directory: string,
    owner: Owner,
    handle: FileHandle,
    { image, end, compactBytes }: { image: DiskImage; end: number; compactBytes: number },
  ) {
    this.#directory = directory
    this.#path = join(directory, WAL_FILE)
    this.#owner = owner
    this.#handle = handle
    this.image = image
    this.#end = end
    this.#begun = end
    this.#compactBytes = compactBytes
  }

  /**
   * Opens the file of a directory, or begins one.
   *
   * @throws UserError if it is somebody else's, or damaged
   */
  static async open(
    directory: string,
    owner: Owner,
    { corruption = false, compactBytes = 1024 * 1024 }: FileOptions = {},
  ): Promise<OpenedFile> {
    const bytes = await contentOf(directory)
    const path = join(directory, WAL_FILE)
    if (bytes === undefined) {
      const image = new DiskImage()
      const { handle, end } = await writeAnew(directory, owner, image)
      const file = new WriteAheadFile(directory, owner, handle, { image, end, compactBytes })
      return { file, findings: [] }
    }
    const scanned = scan(bytes)
    checkOwner(scanned, owner, path)
    const { image, findings } = recovered(scanned, bytes.length, path, corruption)
    let end = scanned.end
    let handle: FileHandle
    if (scanned.rest === 'damaged') {
      ;({ handle, end } = await writeAnew(directory, owner, image))
    } else {
      handle = await open(path, 'r+')
      // What was torn must not be read as a part of what comes next.
      if (scanned.rest === 'torn') {
        await handle.truncate(end)
        await handle.datasync()
      }
    }
    return {
      file: new WriteAheadFile(directory, owner, handle, { image, end, compactBytes }),
      findings,
    }
  }

  /** In bytes. */
  get size(): number {
    return this.#end
  }

  /** Puts the writes on the disk, with one call for all of them. One call at a time. */
  async append(writes: readonly Write[]): Promise<void> {
    const bytes = Buffer.concat(writes.map((write) => recordBytes(write, this.#end)))
    await writeAll(this.#handle, bytes, this.#end)
    await this.#handle.datasync()
    this.#end += bytes.length
    for (const write of writes) this.image.apply(write)
    if (this.#end > Math.max(this.#compactBytes, GROWTH * this.#begun)) await this.compact()
  }

  /** Writes the file anew, with what it amounts to. */
  async compact(): Promise<void> {
    const { handle, end } = await writeAnew(this.#directory, this.#owner, this.image)
    await this.#handle.close()
    this.#handle = handle
    this.#end = end
    this.#begun = end
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  get path(): string {
    return this.#path
  }
}

/** Its name in the folder of a node. */
export const WAL_FILE = 'writes.wal'

async function contentOf(directory: string): Promise<Buffer | undefined> {
  try {
    await mkdir(directory, { recursive: true })
    // Left by a node that was killed while it wrote the file anew.
    await rm(join(directory, `${WAL_FILE}.new`), { force: true })
    return await readFile(join(directory, WAL_FILE))
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new UserError(`the data directory cannot be used (${code})`, {
      where: directory,
      hint: 'name a folder that you may write to: --data DIR',
      cause,
    })
  }
}

/** A whole file under another name first: whoever reads it finds the old one or the new one. */
async function writeAnew(
  directory: string,
  owner: Owner,
  image: DiskImage,
): Promise<{ handle: FileHandle; end: number }> {
  const records = [{ wal: 1, ...owner }, ...contentOfImage(image)].map((each) =>
    recordBytes(each, 0),
  )
  const body = Buffer.concat(records)
  // It gets its name when all of it is on the disk, so damage anywhere before this record shows.
  const bytes = Buffer.concat([body, recordBytes({ type: 'sealed' }, body.length)])
  const path = join(directory, WAL_FILE)
  const handle = await open(`${path}.new`, 'w+')
  await writeAll(handle, bytes, 0)
  await handle.sync()
  await rename(`${path}.new`, path)
  const folder = await open(directory, 'r')
  await folder.sync()
  await folder.close()
  return { handle, end: bytes.length }
}

/** The writes that make an image out of nothing. */
function* contentOfImage(image: DiskImage): Generator<object> {
  const { values, logs, damaged } = image.stored()
  if (damaged.length > 0) yield { type: 'damaged', names: damaged }
  for (const [key, value] of Object.entries(values)) yield { type: 'put', key, value }
  for (const [log, { first, records }] of Object.entries(logs)) {
    // An empty log was written to all the same: the disk is not as good as new.
    if (first > 0) yield { type: 'compact', log, before: first }
    else if (records.length === 0) yield { type: 'truncate', log, from: 0 }
    for (const record of records) yield { type: 'append', log, record }
  }
}

/** Where there is no room the writes wait; any other fault ends the node, as nothing is sure. */
async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    try {
      done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
      await sleep(FULL_MS)
    }
  }
}

function checkOwner({ records }: Scanned, owner: Owner, path: string): void {
  const [head] = records as readonly Record<string, unknown>[]
  if (head?.['wal'] !== 1) {
    throw new UserError('this is not the file of a node, or its beginning is damaged (offset 0)', {
      where: path,
      hint: 'take its data from a backup, or remove the folder: the node then starts with nothing',
    })
  }
  const { wal: _wal, ...found } = head
  const fields: readonly (keyof Owner)[] = ['protocol', 'node', 'nodes', 'parameters', 'mutant']
  for (const field of fields) {
    const [theirs, ours] = [found[field], owner[field]] as readonly (Json | undefined)[]
    if (canonical(theirs) === canonical(ours)) continue
    throw new UserError(`this is the data of ${words(field, theirs)}, not ${words(field, ours)}`, {
      where: path,
      hint: 'name another folder (--data DIR), or start the node as it was',
    })
  }
}

function words(field: keyof Owner, value: Json | undefined): string {
  if (field === 'mutant' && value === undefined) return 'the protocol as it is'
  if (field === 'parameters') return `options ${JSON.stringify(value)}`
  if (field === 'nodes') return `a cluster of ${JSON.stringify(value)}`
  return `${field} ${typeof value === 'string' ? value : JSON.stringify(value)}`
}

/** What the records amount to, as far as they can be trusted. */
function recovered(
  { records, end, rest, beyond }: Scanned,
  size: number,
  path: string,
  corruption: boolean,
): { image: DiskImage; findings: string[] } {
  const image = imageOf(records)
  if (rest === 'clean') return { image, findings: [] }
  if (rest === 'torn') {
    const dropped = counted(size - end, 'byte')
    return { image, findings: [`${path}: the last write was torn; ${dropped} dropped`] }
  }
  const fact = `damaged at offset ${end}: what was on the disk cannot be read any more`
  if (!corruption) {
    throw new UserError(`this file is ${fact}`, {
      where: path,
      hint: 'the protocol does not survive this: take the data of the whole cluster from a backup',
    })
  }
  // Nobody can say whose record was lost. A value that is absent is better than one that is old.
  const names = new Set([...namesIn(records), ...namesIn(beyond)])
  for (const name of names) image.damage(name, image.end(name))
  const damaged = [...names]
  return {
    image: DiskImage.from({ ...image.stored(), damaged }),
    findings: [`${path}: ${fact}; all values are given up, and logs end there`],
  }
}

type FileRecord = Write | { readonly type: 'damaged'; readonly names: readonly string[] }

function imageOf(records: readonly object[]): DiskImage {
  let image = new DiskImage()
  for (const record of records.slice(1) as readonly (FileRecord | { type: 'sealed' })[]) {
    if (record.type === 'sealed') continue
    if (record.type !== 'damaged') image.apply(record)
    else image = DiskImage.from({ ...image.stored(), damaged: [...record.names] })
  }
  return image
}

function namesIn(records: readonly object[]): string[] {
  return (records as readonly Record<string, unknown>[]).flatMap(({ type, key, log, names }) => {
    if (type === 'put') return [key as string]
    if (type === 'damaged') return [...(names as string[])]
    return typeof log === 'string' ? [log] : []
  })
}
