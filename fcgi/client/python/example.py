"""example: a program that asks whether it may run. Its folder is its
argument."""

import sys

import kagiya_license

license = kagiya_license.License(sys.argv[1] if len(sys.argv) > 1 else ".")
if license.may_run():
    print("Good morning.")
    if license.days_left() is not None:
        print(license.days_left(), "days of the trial are left.")
else:
    answer = license.answer()
    print(answer.text if answer else "The shop cannot be reached.")
    print("Please see", answer.url if answer else license.buy_url)
    sys.exit(1)
