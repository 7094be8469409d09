/** The packs that come with the program: `ID.yaml` beside this file. */
export const builtInPackIds = ['street-team'] as const
