-- The daily step looks for trials by their last day.

ALTER TABLE license ADD KEY IF NOT EXISTS trial_end (trial_end);
