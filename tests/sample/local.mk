# sample: page and mail documents, each with what a skin must be able to show.

TESTS += tests/sample/page.test
EXTRA_DIST += tests/sample/page.test
EXTRA_DIST += \
	tests/sample/page/account-wrong.xml tests/sample/page/account.xml \
	tests/sample/page/catalog-empty.xml tests/sample/page/catalog.xml \
	tests/sample/page/error-bad-request.xml \
	tests/sample/page/error-broken.xml tests/sample/page/error-method.xml \
	tests/sample/page/error-refused.xml tests/sample/page/error-schema.xml \
	tests/sample/page/error-too-large.xml tests/sample/page/error.xml \
	tests/sample/page/install-free.xml tests/sample/page/install-wrong.xml \
	tests/sample/page/install.xml tests/sample/page/invoice-empty.xml \
	tests/sample/page/invoice-open.xml \
	tests/sample/page/invoice-overdue.xml \
	tests/sample/page/invoice-paid.xml tests/sample/page/invoice.xml \
	tests/sample/page/job-done.xml tests/sample/page/job-failed.xml \
	tests/sample/page/job-uninstalled.xml \
	tests/sample/page/job-waiting.xml tests/sample/page/job.xml \
	tests/sample/page/license-bought.xml \
	tests/sample/page/license-empty.xml \
	tests/sample/page/license-key.xml \
	tests/sample/page/license-overdue.xml \
	tests/sample/page/license-paid.xml tests/sample/page/license-trial.xml \
	tests/sample/page/license.xml tests/sample/page/login-initial.xml \
	tests/sample/page/login-wrong.xml tests/sample/page/login.xml \
	tests/sample/page/logout.xml tests/sample/page/notice-empty.xml \
	tests/sample/page/notice.xml tests/sample/page/purchase-bought.xml \
	tests/sample/page/purchase-wrong.xml tests/sample/page/purchase.xml \
	tests/sample/page/software-free.xml \
	tests/sample/page/software-trial.xml tests/sample/page/software.xml \
	tests/sample/page/uninstall-running.xml \
	tests/sample/page/uninstall-wrong.xml tests/sample/page/uninstall.xml
EXTRA_DIST += \
	tests/sample/mail/installed.xml tests/sample/mail/invoice-issued.xml \
	tests/sample/mail/key-issued.xml tests/sample/mail/notice-feature.xml \
	tests/sample/mail/notice.xml tests/sample/mail/overdue.xml \
	tests/sample/mail/paid.xml tests/sample/mail/payment-due-soon-ng.xml \
	tests/sample/mail/payment-reminder.xml \
	tests/sample/mail/trial-ended.xml tests/sample/mail/trial-ending.xml \
	tests/sample/mail/uninstalled.xml
