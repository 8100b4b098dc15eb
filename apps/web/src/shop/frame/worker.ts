/** The shop opens without a line once it was open with one. Only the shop: the desks have no service worker. */
export function keepWorking(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // a browser that forbids it has a shop that needs a line
  const register = () =>
    void navigator.serviceWorker.register('/shop-worker.js', { scope: '/s/' }).catch(() => undefined)
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}
