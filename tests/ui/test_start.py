"""The window is there in a second because nothing heavy is imported before it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "openpyxl", "numpy", "docx", "trafilatura", "lxml", "charset_normalizer")


def test_the_window_is_painted_without_the_heavy_libraries(tmp_path: Path):
    program = f"""
import sys
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.app import App
from ui.settings import Settings
application = QApplication(sys.argv[:1])
app = App(application, Settings(QSettings({str(tmp_path / "s.ini")!r}, QSettings.Format.IniFormat)))
app.window.show()
assert QTest.qWaitForWindowExposed(app.window)
app.window.grab()
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
