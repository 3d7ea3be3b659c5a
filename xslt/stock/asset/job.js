/* job: while a job is under way, asks for the page again every two seconds and
 * puts the parts that changed in place. */
(function () {
	"use strict";

	function state() {
		return document.querySelector("[data-state]").dataset.state;
	}

	function going() {
		return state() === "waiting" || state() === "running";
	}

	function replace(page) {
		page.querySelectorAll("[data-part]").forEach(function (part) {
			var old = document.getElementById(part.id);

			if (old.innerHTML !== part.innerHTML)
				old.innerHTML = part.innerHTML;
			if (part.dataset.state)
				old.dataset.state = part.dataset.state;
		});
	}

	function look() {
		fetch(location.href, { headers: { Accept: "text/html" } })
			.then(function (answer) {
				return answer.ok ? answer.text() : "";
			})
			.then(function (text) {
				var page = new DOMParser().parseFromString(text,
					"text/html");

				if (page.querySelector("[data-state]"))
					replace(page);
			})
			.catch(function () {})
			.then(wait);
	}

	function wait() {
		if (going())
			setTimeout(look, 2000);
	}

	wait();
})();
