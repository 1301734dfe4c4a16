/** Said by tests that skip because `extraData` found nothing. */
export const EXTRA_DATA_ABSENT = 'extra data not present'

/** The folder with recordings that belong to others, from the environment variable SYNOD_DATA. */
export function extraData(): string | undefined {
  const folder = process.env['SYNOD_DATA']
  return folder === undefined || folder === '' ? undefined : folder
}
