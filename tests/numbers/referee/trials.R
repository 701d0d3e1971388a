# What R's metafor says of the trials in data/trials: trials.csv (each difference and its variance, from counts) and pools.csv
# (random-effects means of all, of each kind, and without each trial in turn). Written with 15 digits.
#
# Run by hand, from this folder, when a trial is added or mended: Rscript trials.R
# Debian package: r-cran-metafor. The tests read the files and never need R.

suppressPackageStartupMessages(library(metafor))
rows <- read.csv("../../../data/trials/results.csv", encoding = "UTF-8")
rows <- rows[rows$pooled == "yes", ]
half <- is.na(rows$n_treated)
n1 <- ifelse(half, rows$n_total / 2, rows$n_treated)
n2 <- ifelse(half, rows$n_total / 2, rows$n_control)
good <- function(rate) ifelse(rows$measure == "left", 100 - rate, rate) / 100
# escalc works with counts, whole or not; it adds a half to an empty cell only, and there is none.
es <- escalc("RD", ai = good(rows$treated_rate) * n1, n1i = n1, ci = good(rows$control_rate) * n2, n2i = n2)
trials <- data.frame(id = rows$id, kind = rows$kind, difference = as.numeric(es$yi), variance = as.numeric(es$vi))

pool <- function(name, chosen) {
  fit <- rma(yi = trials$difference[chosen], vi = trials$variance[chosen], method = "PM", test = "knha",
             control = list(tol = 1e-14, maxiter = 1000))
  said <- predict(fit)
  data.frame(name = name, mean = as.numeric(fit$b), lower = said$ci.lb, upper = said$ci.ub,
             predicted_lower = said$pi.lb, predicted_upper = said$pi.ub, tau = sqrt(fit$tau2), trials = fit$k)
}
every <- rep(TRUE, nrow(trials))
pools <- rbind(
  pool("all", every),
  do.call(rbind, lapply(unique(trials$kind), function(kind) pool(kind, trials$kind == kind))),
  do.call(rbind, lapply(trials$id, function(id) pool(paste("without", id), trials$id != id)))
)
digits <- function(frame) {
  frame[] <- lapply(frame, function(column) if (is.double(column)) formatC(column, digits = 15, format = "g") else column)
  frame
}
write.csv(digits(trials), "trials.csv", row.names = FALSE, quote = FALSE)
write.csv(digits(pools), "pools.csv", row.names = FALSE, quote = FALSE)
