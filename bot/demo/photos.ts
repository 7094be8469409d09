import sharp from 'sharp'

export type PhotoName = 'smoke' | 'lamp'

/** Drawn here, since a photo of a real place or person has no business in a demo. */
const DRAWINGS: Record<PhotoName, string> = {
  smoke: `<rect width="480" height="360" fill="#cfd6da"/><rect y="290" width="480" height="70" fill="#8b8f92"/>
    <rect x="40" y="30" width="130" height="260" fill="#b9a58f"/><rect x="70" y="70" width="70" height="90" fill="#6f5c4b"/>
    <path d="M235 270q-30-40 5-70q-5 30 20 45q5-40 30-55q-5 45 20 80z" fill="#f08a24"/><path d="M250 270q-10-25 12-40q5 20 22 40z" fill="#ffd34d"/>
    <g fill="#3a3a3d" opacity=".8"><circle cx="265" cy="165" r="34"/><circle cx="300" cy="120" r="46"/><circle cx="250" cy="85" r="50"/><circle cx="330" cy="60" r="56"/></g>
    <g stroke="#26282b" stroke-width="7" fill="none"><circle cx="225" cy="292" r="22"/><circle cx="330" cy="292" r="22"/><path d="M225 292l35-45h50l20 45M300 247l10-25h18"/></g>`,
  lamp: `<rect width="480" height="360" fill="#1d2536"/><path d="M0 300h480v60H0z" fill="#2d3442"/><path d="M0 300q240-60 480 0" fill="#38404f"/>
    <g stroke="#8b93a3" stroke-width="8" fill="none"><path d="M120 310V90q0-30 45-30M330 310V90q0-30 45-30"/></g>
    <g fill="#4a5263" stroke="#8b93a3" stroke-width="3"><path d="M150 55h46l10 22h-66z"/><path d="M360 55h46l10 22h-66z"/></g>
    <circle cx="430" cy="40" r="16" fill="#d9d6c3" opacity=".7"/>`,
}

/** The drawing as a `data:` URL, as a phone would post its photo. */
export async function drawPhoto(name: PhotoName): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360">${DRAWINGS[name]}</svg>`
  const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
  return `data:image/jpeg;base64,${bytes.toString('base64')}`
}
