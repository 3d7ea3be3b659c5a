noinst_LIBRARIES += libshop.a
libshop_a_SOURCES = \
	fcgi/shop/action.c fcgi/shop/action.h \
	fcgi/shop/action_end.c fcgi/shop/action_move.c \
	fcgi/shop/sealed.c fcgi/shop/sealed.h \
	fcgi/shop/base32.c fcgi/shop/base32.h \
	fcgi/shop/buyer.c fcgi/shop/buyer.h \
	fcgi/shop/daily.c fcgi/shop/daily.h \
	fcgi/shop/delivery.c fcgi/shop/delivery.h fcgi/shop/progress.c \
	fcgi/shop/directory.c fcgi/shop/directory.h \
	fcgi/shop/common_password.c fcgi/shop/common_password.h \
	fcgi/shop/enter.c fcgi/shop/enter.h \
	fcgi/shop/install.c fcgi/shop/install.h \
	fcgi/shop/install_trial.c \
	fcgi/shop/invoice.c fcgi/shop/invoice.h \
	fcgi/shop/invoice_events.c \
	fcgi/shop/key.c fcgi/shop/key.h \
	fcgi/shop/key_set.c fcgi/shop/key_set.h \
	fcgi/shop/key_turn.c fcgi/shop/key_turn.h \
	fcgi/shop/notify.c fcgi/shop/notify.h \
	fcgi/shop/parcel.c fcgi/shop/parcel.h \
	fcgi/shop/pay.c fcgi/shop/pay.h \
	fcgi/shop/publish.c fcgi/shop/publish.h \
	fcgi/shop/purchase.c fcgi/shop/purchase.h \
	fcgi/shop/rebind.c fcgi/shop/rebind.h \
	fcgi/shop/requirement.c fcgi/shop/requirement.h \
	fcgi/shop/revoke.c fcgi/shop/revoke.h \
	fcgi/shop/tax.c fcgi/shop/tax.h \
	fcgi/shop/uninstall.c fcgi/shop/uninstall.h \
	fcgi/shop/verdict.c fcgi/shop/verdict.h \
	fcgi/shop/wish.c fcgi/shop/wish.h \
	fcgi/shop/wish_backup.c fcgi/shop/wish_job.c \
	fcgi/shop/wish_move.c fcgi/shop/wish_version.c
