import { hydrate } from 'preact'
import { readPageData } from '../shared/document.tsx'
import type { PageData, SignInData } from '../shared/phone-api.ts'
import { Phone } from './phone.tsx'
import { SignIn } from './sign-in.tsx'

const root = document.getElementById('app')
const data = readPageData<PageData | SignInData>()
if (root) hydrate('page' in data ? <Phone {...data} /> : <SignIn {...data} />, root)
