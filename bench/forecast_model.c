// SPDX-License-Identifier: AGPL-3.0-or-later
// The engine of fingerpost.rules.forecast in plain C: the same tables, rules and sums, to see what the compiled
// Python costs. Written with the pointers of C in place of array indices; no log.
#include <stdint.h>
#include <string.h>

enum { WORK, DELAY, BRANCH, FORK, JOIN, MARK, CLOCK, END };
enum { NONE = 255, EXCEPTED = 128, BINS = 80, BIN_DAYS = 14 };

typedef struct { int32_t op, pool, hours, days, due, share, next, other, third, count, milestone, target; } Step;
typedef struct {
    uint64_t key;
    int32_t link[3], clock, joined[3];
    uint8_t step[3], meet, district, visit, flags, watched, spare[20];
} Case;
typedef struct {
    int64_t days, first_ordinal, n_steps, n_queues, n_streams, n_live, n_tokens, n_months, n_milestones;
    int64_t n_districts, n_bands, first_bucket, buckets, orders, room;
    Step *steps; uint64_t *salts; int32_t *spans, *capacity, *pool_of, *queue_of, *pool_rule;
    double *rates, *none_come; uint64_t *stream_salt;
    int32_t *stream_step, *stream_milestone, *excepted, *district_ends, *band_ends, *band_order, *band_weight, *live;
    uint64_t *live_uid; int32_t *tokens, *month_of, *month_ends, *targets;
    Case *cases; int32_t *wheel; uint64_t *seen, *seen_tops; int32_t *todo, *heads, *tails; uint64_t *bits, *tops;
    int64_t *balances, *standing; int32_t *by_clock; int64_t *oldest;
    int64_t *marks; int32_t *mark_ages; int64_t *open; int32_t *open_ages; int64_t *waiting; int32_t *waiting_ages;
    int64_t *minutes, *arrived, *ended, *standings;
} World;

static const uint64_t ODD = 0x9E3779B97F4A7C15u, VISIT = 0xD1342543DE82EF95u;
static inline uint64_t mix(uint64_t x) {
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}
static inline uint64_t block(uint64_t key, uint64_t step, uint64_t visit) { return mix(key + step + visit * VISIT); }
static inline int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }
static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int32_t *link_of(World *w, int64_t token) { return &w->cases[token >> 2].link[token & 3]; }

static void opens(World *w, int watched, int64_t at) {
    if (watched == NONE) return;
    w->by_clock[watched * (w->days - w->first_bucket) + at]++;
    w->oldest[watched] = least(w->oldest[watched], at);
}

static void closes(World *w, Case *c, int64_t month) {
    if (c->watched == NONE) return;
    int64_t m = c->watched, span = w->days - w->first_bucket, since = w->month_of[most(c->clock, 0)];
    w->by_clock[m * span + c->clock - w->first_bucket]--;
    if (since >= month) return;
    int64_t *open = w->open + (m * w->n_months * w->n_districts + c->district) * 2, stride = w->n_districts * 2;
    open[since * stride]++;
    if (month < w->n_months) open[month * stride]--;
    int64_t late_on = most(c->clock + w->targets[m] + 1, 0);
    if (late_on < w->days && w->month_of[late_on] < month) {
        open[w->month_of[late_on] * stride + 1]++;
        if (month < w->n_months) open[month * stride + 1]--;
    }
}

static void waited(World *w, int64_t token, int64_t month, int64_t last_end, const Step *s) {
    Case *c = &w->cases[token >> 2];
    int64_t joined = c->joined[token & 3];
    if (joined > last_end) return;
    for (int64_t at = w->month_of[most(joined, 0)]; at < month; at++) {
        int64_t end = w->month_ends[at], *cell = w->waiting + ((s->pool * w->n_months + at) * w->n_districts + c->district) * 3;
        cell[0]++;
        if (s->due > 0 && end > c->clock + s->due) cell[1]++;
        cell[2] += end - joined;
        w->waiting_ages[(s->pool * w->n_months + at) * BINS + least((end - joined) / BIN_DAYS, BINS - 1)]++;
    }
}

static void join(World *w, Case *c, int64_t token, int64_t day, int step) {
    const Step *s = &w->steps[step];
    int band = c->flags & 127, rule = w->pool_rule[s->pool];
    int64_t bucket = rule == 0 ? day : rule == 1 ? c->clock : c->clock + s->due - (rule == 3 ? w->band_weight[band] : 0);
    int64_t part = (int64_t)w->queue_of[s->pool * w->n_districts + c->district] * w->orders + w->band_order[band];
    int64_t bit_words = (w->buckets + 63) / 64, top_words = (bit_words + 63) / 64;
    bucket -= w->first_bucket;
    int64_t slot = part * w->buckets + bucket;
    uint64_t *word = &w->bits[part * bit_words + (bucket >> 6)], mask = 1ull << (bucket & 63);
    c->step[token & 3] = step;
    c->joined[token & 3] = day;
    w->standing[step]++;
    if (*word & mask) *link_of(w, w->tails[slot]) = token;
    else {
        *word |= mask;
        w->tops[part * top_words + (bucket >> 12)] |= 1ull << (bucket >> 6 & 63);
        w->heads[slot] = token;
    }
    w->tails[slot] = token;
}

static void rest(World *w, int64_t token, int64_t until) {
    if (until >= w->days) return;
    *link_of(w, token) = w->wheel[until];
    w->wheel[until] = token;
}

static void go(World *w, Case *c, int64_t number, int place, int step, int64_t day, int64_t month) {
    for (;;) {
        const Step *s = &w->steps[step];
        switch (s->op) {
        case WORK: join(w, c, number * 4 + place, day, step); return;
        case DELAY:
            c->step[place] = step;
            w->standing[step]++;
            rest(w, number * 4 + place, day + w->spans[s->days * 1024 + ((block(c->key, w->salts[step], c->visit) & 0xFFFF) >> 6)]);
            return;
        case BRANCH: step = (int64_t)(block(c->key, w->salts[step], c->visit) & 0xFFFF) < s->share ? s->next : s->other; break;
        case FORK:
            c->meet = s->count;
            w->standing[w->n_steps]++;
            go(w, c, number, 0, s->next, day, month);
            go(w, c, number, 1, s->other, day, month);
            if (s->count < 3) return;
            place = 2; step = s->third; break;
        case JOIN:
            if (--c->meet > 0) return;
            w->standing[w->n_steps]--;
            place = 0; step = s->next; break;
        case MARK: {
            int64_t taken = day - c->clock, m = s->milestone, within = s->target == 0 || taken <= s->target;
            if (m == c->watched) { closes(w, c, month); c->watched = NONE; }
            int64_t *cell = w->marks + ((m * w->n_months + month) * w->n_districts + c->district) * 5;
            cell[0]++; cell[1] += within;
            if (c->flags < EXCEPTED) { cell[2]++; cell[3] += within; }
            cell[4] += taken;
            w->mark_ages[(m * w->n_months + month) * BINS + least(taken / BIN_DAYS, BINS - 1)]++;
            step = s->next; break;
        }
        case CLOCK:
            closes(w, c, month);
            c->clock = day; c->visit++; c->watched = s->milestone;
            opens(w, c->watched, day - w->first_bucket);
            step = s->next; break;
        default:
            closes(w, c, month);
            c->watched = NONE;
            w->ended[s->other * w->n_months + month]++;
            return;
        }
    }
}

int64_t simulate(World *w, uint64_t key) {
    int64_t bit_words = (w->buckets + 63) / 64, top_words = (bit_words + 63) / 64, parts = w->n_queues * w->orders;
    int64_t cases = w->n_live, span = w->days - w->first_bucket;
    memset(w->wheel, 255, w->days * 4);
    memset(w->bits, 0, parts * bit_words * 8);
    memset(w->tops, 0, parts * top_words * 8);
    memset(w->balances, 0, w->n_queues * 8);
    memset(w->standing, 0, (w->n_steps + 1) * 8);
    memset(w->by_clock, 0, w->n_milestones * span * 4);
    for (int64_t m = 0; m < w->n_milestones; m++) w->oldest[m] = span - 1;
    if (cases || w->n_tokens) return -2;  // the benchmark starts without open cases
    for (int64_t day = 0; day < w->days; day++) {
        int64_t month = w->month_of[day], last_end = month ? w->month_ends[month - 1] : -(1ll << 40), found = 0, ending;
        int64_t low = 1ll << 40, high = -1;
        for (int64_t token = w->wheel[day]; token >= 0; token = *link_of(w, token)) {
            int64_t word = token >> 6, top = word >> 6;
            w->seen[word] |= 1ull << (token & 63);
            w->seen_tops[top] |= 1ull << (word & 63);
            low = least(low, top); high = most(high, top);
        }
        for (int64_t top = low; top <= high; top++) {
            for (uint64_t upper = w->seen_tops[top]; upper; upper &= upper - 1) {
                int64_t word = top * 64 + __builtin_ctzll(upper);
                for (uint64_t lower = w->seen[word]; lower; lower &= lower - 1) w->todo[found++] = word * 64 + __builtin_ctzll(lower);
                w->seen[word] = 0;
            }
            w->seen_tops[top] = 0;
        }
        ending = found;
        uint64_t ordinal = w->first_ordinal + day;
        for (int64_t s = 0; s < w->n_streams; s++) {
            double rate = w->rates[s * w->days + day], share = w->none_come[s * w->days + day], total = share;
            if (rate <= 0) continue;
            double number = (double)(block(key, w->stream_salt[s], ordinal) >> 11) * 0x1p-53;
            int64_t come = 0;
            while (number >= total && come < 4096) { come++; share *= rate / come; total += share; }
            if (cases + come > w->room) return -1;
            for (int64_t nth = 0; nth < come; nth++) {
                Case *c = &w->cases[cases];
                c->key = mix(key + (w->stream_salt[s] + ((ordinal << 20) + nth) * VISIT) * ODD);
                uint64_t drawn = block(c->key, SALT_CASE, 0);
                int64_t field = drawn & 0xFFFF;
                int district = 0, band = 0;
                while (field >= w->district_ends[district]) district++;
                field = drawn >> 16 & 0xFFFF;
                while (band < w->n_bands && field >= w->band_ends[band]) band++;
                if ((int64_t)(drawn >> 32 & 0xFFFF) < w->excepted[s]) band += EXCEPTED;
                c->clock = day; c->step[0] = w->stream_step[s]; c->meet = 0; c->district = district;
                c->visit = 0; c->flags = band; c->watched = w->stream_milestone[s];
                opens(w, c->watched, day - w->first_bucket);
                w->arrived[(s * w->n_months + month) * w->n_districts + district]++;
                w->todo[found++] = cases++ * 4;
            }
        }
        for (int64_t at = 0; at < found; at++) {
            int64_t token = w->todo[at];
            Case *c = &w->cases[token >> 2];
            int step = c->step[token & 3];
            if (at < ending) { w->standing[step]--; step = w->steps[step].next; }
            go(w, c, token >> 2, token & 3, step, day, month);
        }
        for (int64_t queue = 0; queue < w->n_queues; queue++) {
            int64_t pool = w->pool_of[queue], offered = w->capacity[queue * w->days + day];
            int64_t balance = w->balances[queue] + offered, used = 0, order = 0;
            int64_t *minutes = w->minutes + (pool * w->n_months + month) * 3;
            minutes[0] += offered;
            while (balance > 0 && order < w->orders) {
                int64_t part = queue * w->orders + order, bucket = -1;
                for (int64_t top = 0; top < top_words && bucket < 0; top++) {
                    uint64_t word = w->tops[part * top_words + top];
                    if (!word) continue;
                    int64_t at = top * 64 + __builtin_ctzll(word);
                    bucket = at * 64 + __builtin_ctzll(w->bits[part * bit_words + at]);
                }
                if (bucket < 0) { order++; continue; }
                int64_t slot = part * w->buckets + bucket, token = w->heads[slot], last = w->tails[slot], empty = 0;
                while (balance > 0 && !empty) {
                    Case *c = &w->cases[token >> 2];
                    int step = c->step[token & 3];
                    const Step *s = &w->steps[step];
                    uint64_t drawn = block(c->key, w->salts[step], c->visit);
                    int64_t taken = w->spans[s->hours * 1024 + ((drawn & 0xFFFF) >> 6)], after = c->link[token & 3];
                    waited(w, token, month, last_end, s);
                    rest(w, token, day + w->spans[s->days * 1024 + ((drawn >> 16 & 0xFFFF) >> 6)]);
                    balance -= taken; used += taken;
                    empty = token == last;
                    token = after;
                }
                if (empty) {
                    uint64_t *word = &w->bits[part * bit_words + (bucket >> 6)];
                    *word &= ~(1ull << (bucket & 63));
                    if (!*word) w->tops[part * top_words + (bucket >> 12)] &= ~(1ull << (bucket >> 6 & 63));
                } else w->heads[slot] = token;
            }
            minutes[1] += used;
            if (balance > 0) { minutes[2] += balance; balance = 0; }
            w->balances[queue] = balance;
        }
        if (w->month_ends[month] == day) {
            for (int64_t m = 0; m < w->n_milestones; m++) {
                int32_t *by = w->by_clock + m * span;
                int64_t today = day - w->first_bucket;
                while (w->oldest[m] < today && !by[w->oldest[m]]) w->oldest[m]++;
                for (int64_t at = w->oldest[m]; at <= today; at++)
                    w->open_ages[(m * w->n_months + month) * BINS + least((today - at) / BIN_DAYS, BINS - 1)] += by[at];
            }
            memcpy(w->standings + month * (w->n_steps + 1), w->standing, (w->n_steps + 1) * 8);
        }
    }
    for (int64_t part = 0; part < parts; part++)
        for (int64_t at = 0; at < bit_words; at++)
            for (uint64_t word = w->bits[part * bit_words + at]; word; word &= word - 1) {
                int64_t slot = part * w->buckets + at * 64 + __builtin_ctzll(word), token = w->heads[slot], last = w->tails[slot];
                for (;;) {
                    waited(w, token, w->n_months, w->days, &w->steps[w->cases[token >> 2].step[token & 3]]);
                    if (token == last) break;
                    token = *link_of(w, token);
                }
            }
    for (int64_t at = 0; at < cases; at++) closes(w, &w->cases[at], w->n_months);
    for (int64_t m = 0; m < w->n_milestones; m++)
        for (int64_t at = 1; at < w->n_months; at++)
            for (int64_t d = 0; d < w->n_districts * 2; d++)
                w->open[(m * w->n_months + at) * w->n_districts * 2 + d] += w->open[(m * w->n_months + at - 1) * w->n_districts * 2 + d];
    return cases;
}
