"""try: what the Python kit's test does inside a program: try.py NAME FOLDER"""

import ast
import logging
import os
import sys
import threading
import time

import kagiya_license

name, folder = sys.argv[1:]


def opened(**options):
    return kagiya_license.License(folder, **options)


def syntax():
    with open(os.path.join(folder, "kagiya_license.py")) as file:
        ast.parse(file.read(), feature_version=(3, 9))
    print((3, 9))


def threads():
    license = opened()
    seen = set()

    def work():
        for _ in range(50):
            seen.add(license.check())

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(*(decision.name for decision in seen))


def closed():
    """A folder below a file cannot be made, not even by root."""
    told = []
    handler = logging.Handler()
    handler.emit = told.append
    logging.getLogger("kagiya_license").addHandler(handler)
    license = opened(folder=os.path.join(folder, "kagiya-license.ini", "x"))
    print(license.check().name, license.check().name, len(told), "warning")


def mute():
    began = time.monotonic()
    decision = opened().check()
    took = time.monotonic() - began
    end = time.monotonic() + 5
    while threading.active_count() > 1 and time.monotonic() < end:
        time.sleep(0.01)
    print(decision.name, round(took, 1), threading.active_count())


def typed():
    license = opened()
    answer = license.activate(" \ud800 ")
    print(answer.code, license.standing().name)


def lacking():
    try:
        opened()
    except OSError as error:
        print(type(error).__name__)


globals()[name]()
