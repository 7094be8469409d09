import { createVault } from '../../storage/vault.ts'

export const testVault = () => createVault(Buffer.alloc(32, 7))
