# An independent referee for leerwerk.proportions and leerwerk.sensitivity.e_value, in base R.
# Run from this folder: Rscript proportions.R. The tests read the two CSV files and need no R.
#
# Wilson:    prop.test(correct = FALSE), R's own score interval of one proportion.
# Newcombe:  method 10 from prop.test's Wilson intervals.
# Katz:      the Wald interval of a log-binomial regression on the group.
# Woolf:     the Wald interval of a logistic regression on the group.
# E-value:   VanderWeele & Ding (2017), written out.

options(digits = 17, warn = 2)

wilson <- function(k, n, level) {
  as.numeric(prop.test(k, n, conf.level = level, correct = FALSE)$conf.int)
}

newcombe <- function(k1, n1, k0, n0, level) {
  p1 <- k1 / n1
  p0 <- k0 / n0
  w1 <- wilson(k1, n1, level)
  w0 <- wilson(k0, n0, level)
  c(p1 - p0,
    p1 - p0 - sqrt((p1 - w1[1])^2 + (w0[2] - p0)^2),
    p1 - p0 + sqrt((w1[2] - p1)^2 + (p0 - w0[1])^2))
}

regression <- function(k1, n1, k0, n0, level, link) {
  fit <- glm(cbind(c(k1, k0), c(n1 - k1, n0 - k0)) ~ c(1, 0), family = binomial(link),
             start = if (link == "log") c(log(k0 / n0), log((k1 / n1) / (k0 / n0))) else NULL,
             control = glm.control(epsilon = 1e-12, maxit = 200))
  exp(c(coef(fit)[2], confint.default(fit, level = level)[2, ]))
}

e_value <- function(ratio) {
  ratio <- if (ratio < 1) 1 / ratio else ratio
  ratio + sqrt(ratio * (ratio - 1))
}

counts <- rbind(c(0, 10), c(10, 10), c(1, 73), c(3, 32), c(29, 2110), c(57, 608), c(614, 938), c(590, 1280),
                c(920, 1280), c(30367, 34701))
single <- do.call(rbind, lapply(c(0.90, 0.95, 0.99), function(level) {
  t(apply(counts, 1, function(row) c(row, level, suppressWarnings(wilson(row[1], row[2], level)))))
}))
colnames(single) <- c("k", "n", "level", "lower", "upper")

pairs <- rbind(c(1, 73, 3, 32), c(2, 146, 6, 64), c(29, 2110, 57, 608), c(5, 20, 10, 30), c(56, 70, 48, 80))
double <- do.call(rbind, lapply(c(0.90, 0.95), function(level) {
  t(apply(pairs, 1, function(row) {
    rr <- regression(row[1], row[2], row[3], row[4], level, "log")
    or <- regression(row[1], row[2], row[3], row[4], level, "logit")
    rd <- suppressWarnings(newcombe(row[1], row[2], row[3], row[4], level))
    c(row, level, rd, rr, or, e_value(rr[1]))
  }))
}))
colnames(double) <- c("k1", "n1", "k0", "n0", "level",
                      paste0("difference_", c("estimate", "lower", "upper")),
                      paste0("ratio_", c("estimate", "lower", "upper")),
                      paste0("odds_", c("estimate", "lower", "upper")), "e_value")

write.csv(single, "wilson.csv", row.names = FALSE, quote = FALSE)
write.csv(double, "contrasts.csv", row.names = FALSE, quote = FALSE)
