"""Printing: documents of an office become pictures of their first page. Wants LibreOffice and poppler.

On Debian: `apt-get install libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk poppler-utils`.
"""

import subprocess
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


def drawn(document: Path, picture: str, colours: int = 16) -> Path:
    """Draw the first page of a document as a picture of the documentation; gives the whole as PDF."""
    place = document.parent
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place), str(document))
    pdf, drawing = document.with_suffix(".pdf"), PICTURES / picture
    run("pdftoppm", "-png", "-r", "100", "-singlefile", str(pdf), str(drawing))
    few = Image.open(drawing.with_suffix(".png")).quantize(colours)
    few.save(drawing.with_suffix(".png"), optimize=True)
    return pdf


def run(*command: str) -> None:
    """Run a command that prints nothing for us."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
