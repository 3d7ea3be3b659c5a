/* copy: buttons that need a script: copy the license key, print. They are
 * hidden until this runs. */
(function () {
	"use strict";

	document.querySelectorAll("[data-copy]").forEach(function (button) {
		var words = button.textContent;

		button.hidden = !navigator.clipboard;
		button.addEventListener("click", function () {
			var key = document.getElementById(button.dataset.copy);

			navigator.clipboard.writeText(key.textContent.trim()).then(
				function () {
					button.textContent = button.dataset.done;
					setTimeout(function () {
						button.textContent = words;
					}, 3000);
				});
		});
	});

	document.querySelectorAll("[data-print]").forEach(function (button) {
		button.hidden = false;
		button.addEventListener("click", function () {
			print();
		});
	});
})();
