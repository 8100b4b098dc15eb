/** The shop's mark: a fruit before the sun. */
export const Sketch = () => (
  <svg className="sketch" viewBox="0 0 100 100" aria-hidden="true">
    <circle cx="50" cy="58" r="40" fill="#ffb347" />
    <circle cx="50" cy="60" r="28" fill="#e8590c" />
    <path d="M46 36A19 19 0 0 1 66 10A19 19 0 0 1 46 36" fill="#5a9a3c" />
  </svg>
)
