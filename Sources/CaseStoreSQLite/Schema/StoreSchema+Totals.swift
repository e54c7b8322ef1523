extension StoreSchema {
    /// Counts that pages and summaries read instead of walking all cases, kept by triggers in the transaction that moves a case.
    ///
    /// Days are local days, not hours that are summed: a quarter of a year of 90 channels × 10 types is 81,000 rows by day, and
    /// nearly two million by hour, as many as there are cases. A change of the site's time zone, a thing of decades, makes all of
    /// them anew when the store is opened (`CaseTotals.useZone`). Whoever makes `cases` anew in a later step makes its triggers anew.
    static let totals = """
        -- Both are read out of the standing: nothing to be kept, nothing that could differ from it.
        -- SQLite keeps the text from the column's name on.
        ALTER TABLE cases ADD COLUMN outcome
            -- How a closed case ended, CaseAction.Outcome; NULL without one.
            TEXT GENERATED ALWAYS AS (json_extract(standing, '$.outcome')) VIRTUAL;
        ALTER TABLE cases ADD COLUMN decided_by
            -- Whose review stands; NULL without one.
            TEXT GENERATED ALWAYS AS (json_extract(standing, '$.decision.userID')) VIRTUAL;

        -- Each serves one shape of the queue: equality on the leading columns, then the page's key, walked backwards; the columns
        -- behind it let rows be passed over without being read.
        DROP INDEX cases_by_state_and_violation;
        DROP INDEX cases_by_state_and_channel;
        CREATE INDEX cases_by_violation ON cases (state, violation, created_at, id, decided_by, outcome);
        CREATE INDEX cases_by_channel ON cases (state, channel_id, created_at, id, decided_by, outcome);
        CREATE INDEX cases_by_channel_and_violation ON cases (state, channel_id, violation, created_at, id, decided_by, outcome);
        CREATE INDEX cases_by_decider ON cases (decided_by, created_at, id, state, violation, channel_id, outcome)
            WHERE decided_by IS NOT NULL;
        CREATE INDEX cases_by_outcome ON cases (outcome, created_at, id, state) WHERE outcome IS NOT NULL;

        CREATE TABLE local_offsets (
            -- From this moment on, milliseconds since 1970-01-01T00:00:00Z; the first row begins at 0.
            from_ms INTEGER NOT NULL PRIMARY KEY,
            -- What is added to UTC where the cameras stand, milliseconds.
            offset_ms INTEGER NOT NULL CHECK (offset_ms BETWEEN -86400000 AND 86400000)
        ) STRICT;

        INSERT INTO local_offsets VALUES (0, 28800000);

        CREATE TABLE case_totals (
            -- What the row adds up: 'both' one channel and violation on one day; 'channel' and 'violation' one of the two,
            -- the other one empty; 'store' one violation over all days, with day 0.
            cut TEXT NOT NULL CHECK (cut IN ('both', 'channel', 'violation', 'store')),
            -- Local day on which the cases were sealed, days since 1970-01-01.
            day INTEGER NOT NULL,
            -- The camera, or empty.
            channel_id TEXT NOT NULL,
            -- The violation, or empty.
            violation TEXT NOT NULL,
            -- All cases.
            cases INTEGER NOT NULL,
            -- Those that stand in each CaseState.
            candidate INTEGER NOT NULL,
            -- As above.
            screened INTEGER NOT NULL,
            -- As above.
            confirmed INTEGER NOT NULL,
            -- As above.
            false_alarm INTEGER NOT NULL,
            -- As above.
            exempt INTEGER NOT NULL,
            -- As above.
            transferred INTEGER NOT NULL,
            -- As above.
            awaiting_correction INTEGER NOT NULL,
            -- As above.
            recheck_due INTEGER NOT NULL,
            -- As above.
            second_review INTEGER NOT NULL,
            -- As above.
            disputed INTEGER NOT NULL,
            -- As above.
            handed_over INTEGER NOT NULL,
            -- As above.
            reexamination INTEGER NOT NULL,
            -- As above.
            closed INTEGER NOT NULL,
            -- Of the closed ones, those that were corrected.
            corrected INTEGER NOT NULL,
            PRIMARY KEY (cut, day, channel_id, violation)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE review_times (
            -- The camera; empty for all together.
            channel_id TEXT NOT NULL,
            -- Local day on which the cases were sealed, days since 1970-01-01.
            day INTEGER NOT NULL,
            -- Whole minutes from sealing to the review that stands: each up to 120, then tens, 1440 for a day and more.
            minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
            -- How many cases.
            cases INTEGER NOT NULL,
            PRIMARY KEY (channel_id, day, minutes)
        ) STRICT, WITHOUT ROWID;

        -- Never holds a row: what is put in is added to the totals.
        CREATE VIEW case_changes AS
            SELECT 0 AS created_at, '' AS channel_id, '' AS violation, '' AS state, '' AS outcome, 0 AS decided_at, 0 AS change WHERE 0;

        CREATE TRIGGER case_changes_counted INSTEAD OF INSERT ON case_changes
        BEGIN
            INSERT INTO case_totals
            SELECT cut, day, channel, violation, NEW.change,
                NEW.change * (NEW.state = 'candidate'), NEW.change * (NEW.state = 'screened'), NEW.change * (NEW.state = 'confirmed'),
                NEW.change * (NEW.state = 'false-alarm'), NEW.change * (NEW.state = 'exempt'),
                NEW.change * (NEW.state = 'transferred'), NEW.change * (NEW.state = 'awaiting-correction'),
                NEW.change * (NEW.state = 'recheck-due'), NEW.change * (NEW.state = 'second-review'),
                NEW.change * (NEW.state = 'disputed'), NEW.change * (NEW.state = 'handed-over'),
                NEW.change * (NEW.state = 'reexamination'), NEW.change * (NEW.state = 'closed'),
                NEW.change * (NEW.state = 'closed' AND COALESCE(NEW.outcome, '') IN ('corrected', 'first-offence', 'minor'))
            FROM (
                SELECT 'both' AS cut, \(dayOfNew) AS day, NEW.channel_id AS channel, NEW.violation AS violation
                UNION ALL SELECT 'channel', \(dayOfNew), NEW.channel_id, ''
                UNION ALL SELECT 'violation', \(dayOfNew), '', NEW.violation
                UNION ALL SELECT 'store', 0, '', NEW.violation
            ) WHERE true
            ON CONFLICT (cut, day, channel_id, violation) DO UPDATE SET
                cases = cases + excluded.cases, candidate = candidate + excluded.candidate, screened = screened + excluded.screened,
                confirmed = confirmed + excluded.confirmed, false_alarm = false_alarm + excluded.false_alarm,
                exempt = exempt + excluded.exempt, transferred = transferred + excluded.transferred,
                awaiting_correction = awaiting_correction + excluded.awaiting_correction,
                recheck_due = recheck_due + excluded.recheck_due, second_review = second_review + excluded.second_review,
                disputed = disputed + excluded.disputed, handed_over = handed_over + excluded.handed_over,
                reexamination = reexamination + excluded.reexamination, closed = closed + excluded.closed,
                corrected = corrected + excluded.corrected;
            INSERT INTO review_times
            SELECT channel, \(dayOfNew), \(minutes(of: "NEW")), NEW.change
            FROM (SELECT '' AS channel UNION ALL SELECT NEW.channel_id) WHERE NEW.decided_at IS NOT NULL
            ON CONFLICT (channel_id, day, minutes) DO UPDATE SET cases = cases + excluded.cases;
        END;

        CREATE TRIGGER cases_counted_in AFTER INSERT ON cases
        BEGIN
            INSERT INTO case_changes VALUES (NEW.created_at, NEW.channel_id, NEW.violation, NEW.state, NEW.outcome,
                json_extract(NEW.standing, '$.decision.at'), 1);
        END;

        CREATE TRIGGER cases_counted_out AFTER DELETE ON cases
        BEGIN
            INSERT INTO case_changes VALUES (OLD.created_at, OLD.channel_id, OLD.violation, OLD.state, OLD.outcome,
                json_extract(OLD.standing, '$.decision.at'), -1);
        END;

        CREATE TRIGGER cases_counted_anew AFTER UPDATE OF created_at, channel_id, violation, state, standing ON cases
        BEGIN
            INSERT INTO case_changes VALUES (OLD.created_at, OLD.channel_id, OLD.violation, OLD.state, OLD.outcome,
                json_extract(OLD.standing, '$.decision.at'), -1);
            INSERT INTO case_changes VALUES (NEW.created_at, NEW.channel_id, NEW.violation, NEW.state, NEW.outcome,
                json_extract(NEW.standing, '$.decision.at'), 1);
        END;
        """

    private static let dayOfNew = day(of: "NEW")

    /// The local day, in days since 1970, on which the row `name` was sealed.
    static func day(of name: String) -> String {
        """
        (SELECT (\(name).created_at + offset_ms) / 86400000 FROM local_offsets WHERE from_ms <= \(name).created_at
            ORDER BY from_ms DESC LIMIT 1)
        """
    }

    /// The class of `review_times` in which the row `name`, with columns `created_at` and `decided_at`, is counted.
    static func minutes(of name: String) -> String {
        let whole = "((\(name).decided_at - \(name).created_at) / 60000)"
        return "CASE WHEN \(whole) <= 120 THEN MAX(0, \(whole)) ELSE MIN(1440, \(whole) / 10 * 10) END"
    }
}
