EXTRA_DIST += fcgi/client/javascript/kagiya-license.js \
	fcgi/client/javascript/kagiya-license.d.ts \
	fcgi/client/javascript/example.js fcgi/client/javascript/package.json \
	fcgi/client/javascript/README
