const LONGEST_SIDE = 1_600
const QUALITY = 0.82
const UNREADABLE = '这张照片打不开，请换一张。'

/** A photo as it is worth sending over a bad line: a JPEG of at most 1600 px, drawn anew, so that nothing of its EXIF (place, device) is left. */
export async function compressPhoto(file: Blob): Promise<{ bytes: ArrayBuffer; preview: string }> {
  const image = await decode(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  const surface = canvas.getContext('2d')
  if (!surface) throw new Error(UNREADABLE)
  // A transparent picture would turn black.
  surface.fillStyle = '#fff'
  surface.fillRect(0, 0, canvas.width, canvas.height)
  surface.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!blob) throw new Error(UNREADABLE)
  return { bytes: await blob.arrayBuffer(), preview: URL.createObjectURL(blob) }
}

/** Through an image element: it turns the picture as its camera was held, and every phone has it. */
async function decode(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  } catch {
    throw new Error(UNREADABLE)
  } finally {
    URL.revokeObjectURL(url)
  }
}
