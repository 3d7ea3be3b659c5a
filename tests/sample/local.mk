# sample: page and mail documents, each with what a skin must be able to show.

TESTS += tests/sample/page.test
EXTRA_DIST += tests/sample/page.test
EXTRA_DIST += \
	tests/sample/page/account-wrong.xml tests/sample/page/account.xml \
	tests/sample/page/catalog-empty.xml tests/sample/page/catalog.xml \
	tests/sample/page/error-bad-request.xml \
	tests/sample/page/error-broken.xml \
	tests/sample/page/error-method.xml \
	tests/sample/page/error-refused.xml \
	tests/sample/page/error-schema.xml \
	tests/sample/page/error-too-large.xml tests/sample/page/error.xml \
	tests/sample/page/install-free.xml \
	tests/sample/page/install-wrong.xml tests/sample/page/install.xml \
	tests/sample/page/invoice-empty.xml \
	tests/sample/page/invoice-open.xml \
	tests/sample/page/invoice-overdue.xml \
	tests/sample/page/invoice-paid.xml tests/sample/page/invoice.xml \
	tests/sample/page/job-backup.xml tests/sample/page/job-done.xml \
	tests/sample/page/job-failed.xml tests/sample/page/job-held.xml \
	tests/sample/page/job-moved.xml tests/sample/page/job-moving.xml \
	tests/sample/page/job-not-dropped.xml \
	tests/sample/page/job-queued.xml tests/sample/page/job-restore.xml \
	tests/sample/page/job-returned.xml \
	tests/sample/page/job-returning.xml \
	tests/sample/page/job-rollback.xml \
	tests/sample/page/job-stopping.xml tests/sample/page/job-stuck.xml \
	tests/sample/page/job-unhealthy.xml \
	tests/sample/page/job-uninstalled.xml \
	tests/sample/page/job-upgraded.xml \
	tests/sample/page/job-upgrading.xml \
	tests/sample/page/job-waiting.xml tests/sample/page/job.xml \
	tests/sample/page/license-bought.xml \
	tests/sample/page/license-empty.xml \
	tests/sample/page/license-key.xml \
	tests/sample/page/license-move-wrong.xml \
	tests/sample/page/license-overdue.xml \
	tests/sample/page/license-paid.xml \
	tests/sample/page/license-trial.xml \
	tests/sample/page/license-upgrade.xml \
	tests/sample/page/license-working.xml tests/sample/page/license.xml \
	tests/sample/page/login-initial.xml \
	tests/sample/page/login-wrong.xml tests/sample/page/login.xml \
	tests/sample/page/logout.xml tests/sample/page/notice-empty.xml \
	tests/sample/page/notice.xml tests/sample/page/purchase-bought.xml \
	tests/sample/page/purchase-wrong.xml tests/sample/page/purchase.xml \
	tests/sample/page/software-free.xml \
	tests/sample/page/software-trial.xml tests/sample/page/software-upgrade.xml tests/sample/page/software.xml \
	tests/sample/page/uninstall-running.xml \
	tests/sample/page/uninstall-wrong.xml \
	tests/sample/page/uninstall.xml
EXTRA_DIST += \
	tests/sample/mail/installed.xml tests/sample/mail/invoice-issued.xml \
	tests/sample/mail/job-done-backup.xml \
	tests/sample/mail/job-done-move.xml \
	tests/sample/mail/job-done-restore.xml \
	tests/sample/mail/job-done-rollback.xml \
	tests/sample/mail/job-done.xml \
	tests/sample/mail/job-failed-backup.xml \
	tests/sample/mail/job-failed-drop.xml \
	tests/sample/mail/job-failed-install.xml \
	tests/sample/mail/job-failed-move.xml \
	tests/sample/mail/job-failed-restore.xml \
	tests/sample/mail/job-failed-return.xml \
	tests/sample/mail/job-failed-rollback.xml \
	tests/sample/mail/job-failed-uninstall.xml \
	tests/sample/mail/job-failed.xml tests/sample/mail/key-issued.xml \
	tests/sample/mail/notice-feature.xml tests/sample/mail/notice.xml \
	tests/sample/mail/overdue.xml tests/sample/mail/paid.xml \
	tests/sample/mail/payment-due-soon-ng.xml \
	tests/sample/mail/payment-reminder.xml \
	tests/sample/mail/trial-ended.xml tests/sample/mail/trial-ending.xml \
	tests/sample/mail/uninstalled.xml
