# What clubSandwich says of few clusters: writes small_samples.csv. Run by hand, from this folder: Rscript small_samples.R
# Debian packages: r-base-core r-cran-clubsandwich r-cran-matchit. The tests read the table and never need R.
#
# CR2 variances and Bell & McCaffrey's degrees of freedom (Satterthwaite) of the average that one arm's model predicts over all
# rows, and of the difference of two arms, for fixed covariates: the part of a variance that comes from residuals.

suppressPackageStartupMessages(library(clubSandwich))
schools <- read.csv("../fixtures/schools.csv")
schools$awarded <- as.numeric(schools$awarded)
# Counties that lie in one kind of school wholly, and those that do not; and districts of seven schools as clusters that cross.
schools$seven <- seq_len(nrow(schools)) %/% 7
arms <- c("E", "M")

contrast <- function(family, terms, cluster) {
  rows <- schools[schools$stype %in% arms, ]
  X <- model.matrix(terms, rows)
  D <- lapply(arms, function(arm) X * (rows$stype == arm))
  design <- do.call(cbind, D)
  fit <- if (family == "linear") lm(rows$api00 ~ design - 1)
         else glm(rows$awarded ~ design - 1, family = binomial(), control = glm.control(epsilon = 1e-14, maxit = 100))
  V <- vcovCR(fit, cluster = rows[[cluster]], type = "CR2")
  k <- ncol(X)
  gradient <- function(arm) {
    beta <- coef(fit)[(arm - 1) * k + 1:k]
    slope <- if (family == "linear") rep(1, nrow(X)) else { p <- plogis(drop(X %*% beta)); p * (1 - p) }
    colMeans(slope * X)
  }
  zero <- numeric(k)
  contrasts <- rbind(c(gradient(1), zero), c(zero, gradient(2)), c(-gradient(1), gradient(2)))
  found <- as.data.frame(linear_contrast(fit, V, contrasts = contrasts, test = "Satterthwaite"))
  data.frame(family, terms = paste(deparse(terms), collapse = ""), cluster, what = c("E", "M", "M-E"),
             error = found$SE, df = found$df)
}

table <- NULL
for (family in c("linear", "logit")) for (cluster in c("cnum", "seven")) for (terms in list(~1, ~ meals + mobility)) {
  if (!(family == "logit" && length(all.vars(terms)) == 0)) table <- rbind(table, contrast(family, terms, cluster))
}
table$error <- sprintf("%.10g", table$error)
table$df <- sprintf("%.10g", table$df)
write.csv(table, "small_samples.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "clubSandwich", as.character(packageVersion("clubSandwich")), "\n")
