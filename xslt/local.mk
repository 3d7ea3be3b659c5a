# xslt: the stock skin, installed as a folder.

skindir = $(pkgdatadir)/xslt
stockdir = $(skindir)/stock
stockpartdir = $(stockdir)/part
stockscreendir = $(stockdir)/screen
stockmaildir = $(stockdir)/mail
stockmessagedir = $(stockdir)/message
stockassetdir = $(stockdir)/asset

dist_stock_DATA = xslt/stock/layout.xsl

dist_stockpart_DATA = \
	xslt/stock/part/all.xsl xslt/stock/part/control.xsl \
	xslt/stock/part/date.xsl xslt/stock/part/fact.xsl \
	xslt/stock/part/field.xsl xslt/stock/part/form.xsl \
	xslt/stock/part/header.xsl xslt/stock/part/number.xsl \
	xslt/stock/part/pager.xsl xslt/stock/part/price.xsl \
	xslt/stock/part/problem.xsl xslt/stock/part/program.xsl \
	xslt/stock/part/state.xsl xslt/stock/part/text.xsl

dist_stockscreen_DATA = \
	xslt/stock/screen/catalog.xsl xslt/stock/screen/login.xsl \
	xslt/stock/screen/logout.xsl

dist_stockmail_DATA =

dist_stockmessage_DATA = \
	xslt/stock/message/en.xml xslt/stock/message/ja.xml

dist_stockasset_DATA = \
	xslt/stock/asset/base.css xslt/stock/asset/favicon.svg \
	xslt/stock/asset/form.css xslt/stock/asset/key.svg \
	xslt/stock/asset/logo.svg xslt/stock/asset/page.css \
	xslt/stock/asset/print.css xslt/stock/asset/program.svg \
	xslt/stock/asset/shop.css
