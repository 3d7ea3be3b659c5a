# xslt: the stock skin, installed as a folder.

stockdir = $(pkgdatadir)/xslt/stock
stockpartdir = $(stockdir)/part
stockscreendir = $(stockdir)/screen
stockmaildir = $(stockdir)/mail
stockmessagedir = $(stockdir)/message
stockassetdir = $(stockdir)/asset

dist_stock_DATA = xslt/stock/layout.xsl

dist_stockpart_DATA = \
	xslt/stock/part/action.xsl xslt/stock/part/all.xsl \
	xslt/stock/part/change.xsl \
	xslt/stock/part/control.xsl xslt/stock/part/date.xsl \
	xslt/stock/part/fact.xsl xslt/stock/part/field.xsl \
	xslt/stock/part/form.xsl xslt/stock/part/header.xsl \
	xslt/stock/part/history.xsl xslt/stock/part/invoice.xsl \
	xslt/stock/part/job.xsl \
	xslt/stock/part/license.xsl xslt/stock/part/mail.xsl \
	xslt/stock/part/number.xsl xslt/stock/part/pager.xsl \
	xslt/stock/part/price.xsl xslt/stock/part/problem.xsl \
	xslt/stock/part/program.xsl xslt/stock/part/software.xsl \
	xslt/stock/part/state.xsl xslt/stock/part/text.xsl

dist_stockscreen_DATA = \
	xslt/stock/screen/account.xsl xslt/stock/screen/catalog.xsl \
	xslt/stock/screen/error.xsl xslt/stock/screen/install.xsl \
	xslt/stock/screen/invoice.xsl xslt/stock/screen/job.xsl \
	xslt/stock/screen/license.xsl xslt/stock/screen/login.xsl \
	xslt/stock/screen/logout.xsl xslt/stock/screen/notice.xsl \
	xslt/stock/screen/purchase.xsl xslt/stock/screen/software.xsl \
	xslt/stock/screen/uninstall.xsl

dist_stockmail_DATA = \
	xslt/stock/mail/installed.xsl xslt/stock/mail/invoice-issued.xsl \
	xslt/stock/mail/job-done.xsl xslt/stock/mail/job-failed.xsl \
	xslt/stock/mail/key-issued.xsl xslt/stock/mail/notice.xsl \
	xslt/stock/mail/overdue.xsl xslt/stock/mail/paid.xsl \
	xslt/stock/mail/payment-due-soon-ng.xsl \
	xslt/stock/mail/payment-reminder.xsl xslt/stock/mail/trial-ended.xsl \
	xslt/stock/mail/trial-ending.xsl xslt/stock/mail/uninstalled.xsl

dist_stockmessage_DATA = \
	xslt/stock/message/en.xml xslt/stock/message/ja.xml

dist_stockasset_DATA = \
	xslt/stock/asset/base.css xslt/stock/asset/copy.js \
	xslt/stock/asset/favicon.svg xslt/stock/asset/form.css \
	xslt/stock/asset/job.js xslt/stock/asset/key.svg \
	xslt/stock/asset/legal.html xslt/stock/asset/unavailable.html \
	xslt/stock/asset/logo.svg xslt/stock/asset/page.css \
	xslt/stock/asset/print.css xslt/stock/asset/program.svg \
	xslt/stock/asset/shop.css xslt/stock/asset/theme.css
