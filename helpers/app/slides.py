"""A notebook as slides for a projector: one screen a slide, moved by keyboard, opened from a file without internet."""

from html import escape

from nbformat import NotebookNode

from helpers.app.printed import Shown, shown

STYLE = """
* { box-sizing: border-box } html { scroll-snap-type: y mandatory; scroll-behavior: auto }
body { margin: 0; font: 20px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif; color: #222; background: #fff }
section { min-height: 100vh; padding: 3vh 5vw 7vh; scroll-snap-align: start; border-bottom: 1px solid #b8c4cc; position: relative; overflow-wrap: anywhere }
h1 { font-size: 2.1em; line-height: 1.15; margin: 22vh 0 .4em; color: #0b4f7d } h2 { font-size: 1.5em; line-height: 1.2; margin: 0 0 .5em; color: #0b4f7d } h3 { margin: .6em 0 .2em }
.kind { color: #595959; font-size: .75em; margin: 0 } .page { position: absolute; right: 2vw; bottom: 1.5vh; color: #595959; font-size: .7em; margin: 0 }
figure { margin: 0 0 1em } figure img { width: auto !important; height: auto !important; max-width: 100%; max-height: 62vh; min-width: min(100%, 46vw) } figcaption { font-size: .8em; color: #444 }
table { border-collapse: collapse; font-size: .72em; line-height: 1.3 } caption { text-align: left; color: #444 } th, td { padding: .2em .6em; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top }
details.notes { font-size: .8em; color: #333; margin-top: 1em } summary { cursor: pointer } blockquote { border-left: 4px solid #0072b2; margin-left: 0; padding-left: 1em }
pre { white-space: pre-wrap } .jp-InputPrompt, .jp-OutputPrompt, a.anchor-link { display: none }
@media print { section { page-break-after: always; min-height: auto } details.notes { display: none } @page { size: A4 landscape; margin: 10mm } }
"""
MOVE = """
addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("summary, a, input")) return;
  const slides = [...document.querySelectorAll("section")], now = slides.findIndex(slide => slide.getBoundingClientRect().bottom > innerHeight / 2);
  const step = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -slides.length, End: slides.length}[event.key];
  if (step === undefined) return;
  event.preventDefault();
  slides[Math.max(0, Math.min(slides.length - 1, now + step))].scrollIntoView();
});
"""


def slides(notebook: NotebookNode) -> str:
    """The slides of an executed notebook as one HTML page; arrows left and right, Page Up and Page Down move, up and down scroll a long one."""
    pages = list(shown(notebook))
    title = pages[0].screen.title
    body = "".join(_slide(page, number, len(pages)) for number, page in enumerate(pages, 1))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main><script>{MOVE}</script></body></html>\n'


def _slide(page: Shown, number: int, of: int) -> str:
    """What was shown stands on the slide; the prose beside it is for the speaker, where there is something to show."""
    first = number == 1
    heading = f"<h{1 if first else 2}>{escape(page.screen.title)}</h{1 if first else 2}>"
    prose = f'<details class="notes"><summary>Notes</summary>{page.prose}</details>' if page.outputs and page.prose else page.prose
    kind = "" if first else f'<p class="kind">{escape(page.screen.chapter)}{" · " if page.screen.chapter else ""}{escape(page.screen.label)}</p>'
    return f'<section aria-label="Slide {number} of {of}">{kind}{heading}{page.outputs}{prose}<p class="page">{number} / {of}</p></section>'
