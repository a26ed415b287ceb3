@echo off
rem Starts Provenote on Windows, and sets it up first where that is needed; the words are those of ./run.
setlocal
set "here=%~dp0"
set "here=%here:~0,-1%"
set "python=%here%\.venv\Scripts\python.exe"
set "lock=requirements.txt"
if "%~1"=="test" set "lock=requirements-dev.txt"
if "%~1"=="bench" set "lock=requirements-dev.txt"

rem A warm start only compares the folder and the lock file; the development lock holds all of the other one.
set "made_for="
set "ready="
if exist "%python%" if exist "%here%\.venv\made-for" set /p made_for=<"%here%\.venv\made-for"
if "%made_for%"=="%here%" (
    fc /b "%here%\requirements-dev.txt" "%here%\.venv\installed" >nul 2>&1 && set "ready=yes"
    fc /b "%here%\%lock%" "%here%\.venv\installed" >nul 2>&1 && set "ready=yes"
)
rem The Python behind .venv may have left the computer since.
if defined ready "%python%" -V >nul 2>&1 || set "ready="
if not defined ready call :set_up || exit /b 1

if "%~1"=="test" goto test
if "%~1"=="bench" goto bench
"%python%" "%here%\main.py" %*
exit /b

:set_up
for %%v in ("py -3.14" "py -3.13" "py -3.12" "py -3.11" "python" "py -3") do (
    %%~v -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
        %%~v "%here%\run_setup.py" %lock% nothing
        exit /b
    )
)
echo Provenote needs Python 3.11 or newer and found none: install it and type the same line again. 1>&2
exit /b 1

:test
cd /d "%here%"
"%python%" -m ruff check || exit /b 1
"%python%" -m ruff format --check || exit /b 1
"%python%" -m mypy || exit /b 1
call :words_after_first %*
"%python%" -m pytest --numprocesses auto --dist loadfile %words%
exit /b

:bench
cd /d "%here%"
call :words_after_first %*
"%python%" -m tests.benchmarks %words%
exit /b

:words_after_first
set "words="
:next_word
shift
if "%~1"=="" exit /b 0
set "words=%words% %1"
goto next_word
