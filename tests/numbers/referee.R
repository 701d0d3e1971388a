# What R says about the same data: writes fixtures/*.csv (public data) and fixtures/referee.json (its answers).
#
# Run by hand, from this folder, when a case is added: Rscript referee.R
# Debian packages: r-base-core r-cran-survey r-cran-sandwich r-cran-survival r-cran-matchit r-cran-nnet
# r-cran-numderiv r-cran-jsonlite. The tests read the fixtures and never need R.
#
# Estimates come from glm, svyglm and multinom. Standard errors come from the stacked estimating equations with a
# Jacobian by numerical differentiation (numDeriv), so that no derivative is shared with the code under test.

suppressPackageStartupMessages({
  library(survey); library(sandwich); library(nnet); library(numDeriv); library(jsonlite)
})
options(warn = 1)
exact <- glm.control(epsilon = 1e-15, maxit = 100)

lalonde <- MatchIt::lalonde
lalonde$employed <- as.integer(lalonde$re78 > 0)
data(api)
schools <- apistrat[, c("stype", "cnum", "api00", "meals", "col.grad", "mobility")]
names(schools)[5] <- "college"
schools$stype <- factor(as.character(schools$stype), levels = c("E", "H", "M"))
schools$awarded <- as.integer(apistrat$awards == "Yes")
eyes <- survival::retinopathy[, c("id", "trt", "age", "type", "futime", "status")]
eyes$months <- ceiling(eyes$futime)
eyes <- eyes[eyes$months > 0, ]
eyes$adult <- as.integer(eyes$type == "adult")
eyes$type <- NULL
for (name in c("lalonde", "schools", "eyes")) {
  write.csv(get(name), file.path("fixtures", paste0(name, ".csv")), row.names = FALSE)
}

softmax <- function(eta) exp(cbind(0, eta)) / rowSums(exp(cbind(0, eta)))
inverse <- function(eta, family) if (family == "logit") plogis(eta) else eta

case_start <- function(f) {
  # Starting values by R's own fits: glm or multinom for the treatment, svyglm for the (weighted) outcome models.
  with(f, {
    gamma <- if (tfam == "probit") coef(glm.fit(Z, D - 1, family = binomial("probit"), control = exact))
    else if (K == 2) coef(glm.fit(Z, D - 1, family = binomial(), control = exact))
    else t(coef(multinom(factor(D) ~ Z - 1, trace = FALSE, maxit = 1000, reltol = 1e-16)))
    p <- chances(f, gamma)
    family <- if (ofam == "logit") quasibinomial() else gaussian()
    betas <- mus <- NULL
    for (pair in pairs) {
      a <- pair[2]; own <- D == a
      omega <- (if (pair[1] == 0) 1 else p[, pair[1]]) / p[, a]
      weight <- if (method == "ipwra") omega else rep(1, n)
      design <- svydesign(ids = ~1, weights = ~w, data = data.frame(w = weight[own]))
      design$variables$y <- y[own]; design$variables$X <- X[own, , drop = FALSE]
      beta <- coef(svyglm(y ~ X - 1, design, family = family, control = exact))
      m <- inverse(drop(X %*% beta), ofam)
      G <- if (pair[1] == 0) rep(TRUE, n) else D == pair[1]
      mu <- switch(method,
        difference = mean(y[own]), regression = mean(m[G]), ipwra = mean(m[G]),
        ipw = weighted.mean(y[own], omega[own]),
        aipw = (sum(m[G]) + sum((omega * (y - m))[own])) / sum(G))
      betas <- c(betas, beta); mus <- c(mus, mu)
    }
    c(gamma, betas, mus)
  })
}

chances <- function(f, gamma) with(f, {
  if (tfam == "probit") cbind(pnorm(drop(-Z %*% gamma)), pnorm(drop(Z %*% gamma)))
  else softmax(Z %*% matrix(gamma, ncol(Z)))
})

equations <- function(theta, f) with(f, {
  q <- ncol(Z) * (K - 1); k <- ncol(X)
  gamma <- theta[seq_len(q)]
  p <- chances(f, gamma)
  rows <- list()
  if (tfam == "probit") {
    eta <- drop(Z %*% gamma)
    rows[[1]] <- Z * (dnorm(eta) * ((D - 1) - p[, 2]) / (p[, 1] * p[, 2]))
  } else for (arm in 2:K) rows[[arm - 1]] <- Z * ((D == arm) - p[, arm])
  for (j in seq_along(pairs)) {
    target <- pairs[[j]][1]; a <- pairs[[j]][2]
    beta <- theta[q + (j - 1) * k + seq_len(k)]
    mu <- theta[q + length(pairs) * k + j]
    m <- inverse(drop(X %*% beta), ofam)
    own <- as.numeric(D == a)
    G <- if (target == 0) rep(1, n) else as.numeric(D == target)
    omega <- own * (if (target == 0) 1 else p[, target]) / p[, a]
    rows[[length(rows) + 1]] <- X * ((if (method == "ipwra") omega else own) * (y - m))
    means[[j]] <- switch(method,
      difference = own * (y - mu), regression = G * (m - mu), ipwra = G * (m - mu),
      ipw = omega * (y - mu), aipw = G * m + omega * (y - m) - G * mu)
  }
  do.call(cbind, c(rows, means))
})

sandwich_of <- function(theta, psi, cluster) {
  bread <- jacobian(function(t) colSums(psi(t)), theta)
  rows <- psi(theta)
  factor <- 1
  if (!is.null(cluster)) {
    rows <- rowsum(rows, cluster)
    factor <- nrow(rows) / (nrow(rows) - 1)
  }
  inverted <- solve(bread, tol = 0)
  list(bread = bread, vcov = factor * inverted %*% crossprod(rows) %*% t(inverted))
}

referee <- function(data, file, outcome, treatment, method, estimand, ofam, tfam, cluster = NULL) {
  parts <- lapply(c(outcome, treatment), as.formula)
  D <- as.integer(factor(data[[all.vars(parts[[2]])[1]]]))
  f <- list(y = as.numeric(data[[all.vars(parts[[1]])[1]]]), D = D, K = max(D), n = nrow(data),
            X = model.matrix(parts[[1]], data), Z = model.matrix(parts[[2]], data),
            method = method, ofam = ofam, tfam = tfam, means = list())
  targets <- if (estimand == "ate") 0 else 2:f$K
  f$pairs <- unlist(lapply(targets, function(t) lapply(seq_len(f$K), function(a) c(t, a))), recursive = FALSE)
  theta <- case_start(f)
  psi <- function(t) equations(t, f)
  # multinom stops early; Newton's method on the stacked equations gives the remaining digits.
  for (step in 1:6) theta <- theta - drop(solve(jacobian(function(t) colSums(psi(t)), theta), colSums(psi(theta)), tol = 0))
  vcov <- sandwich_of(theta, psi, if (is.null(cluster)) NULL else data[[cluster]])$vcov
  last <- length(theta) - length(f$pairs) + seq_along(f$pairs)
  mu <- theta[last]; V <- vcov[last, last]
  effects <- t(sapply(2:f$K, function(a) {
    target <- if (estimand == "ate") 0 else a
    w <- sapply(f$pairs, function(pair) (pair[1] == target) * ((pair[2] == a) - (pair[2] == 1)))
    c(sum(w * mu), sqrt(drop(w %*% V %*% w)))
  }))
  list(file = file, outcome = outcome, treatment = treatment, method = method, estimand = estimand,
       outcome_family = ofam, treatment_family = tfam, cluster = cluster,
       means = mu, mean_errors = sqrt(diag(V)), effects = effects[, 1], errors = effects[, 2])
}

methods <- c("difference", "regression", "ipw", "aipw", "ipwra")
traits <- "age + educ + married + I(re74 / 1000)"
effects <- list()
add <- function(...) effects[[length(effects) + 1]] <<- referee(...)
for (method in methods) for (estimand in c("ate", "att")) {
  add(lalonde, "lalonde", paste("re78 ~", traits, "+ race"), paste("treat ~", traits), method, estimand, "linear", "logit")
  add(lalonde, "lalonde", paste("employed ~", traits), paste("treat ~", traits, "+ married:educ"), method, estimand, "logit", "probit")
  add(lalonde, "lalonde", paste("employed ~", traits), paste("treat ~", traits, "+ race"), method, estimand, "logit", "logit")
  add(schools, "schools", "awarded ~ meals + mobility", "stype ~ meals + college", method, estimand, "logit", "logit", "cnum")
  add(schools, "schools", "api00 ~ meals * mobility", "stype ~ meals + college", method, estimand, "linear", "logit", "cnum")
}

# The raw difference is also a regression coefficient: vcovCL with type HC0 and cadjust is our convention.
clustered <- lm(api00 ~ stype, schools)
vcovcl <- list(effects = unname(coef(clustered)[-1]), errors = unname(sqrt(diag(
  vcovCL(clustered, cluster = schools$cnum, type = "HC0", cadjust = TRUE)))[-1]))

breaks <- c(12, 30)
reported <- c(6, 12, 24, 48)
last <- max(eyes$months)
period <- findInterval(seq_len(last), breaks + 1) + 1
long <- eyes[rep(seq_len(nrow(eyes)), eyes$months), ]
long$row <- rep(seq_len(nrow(eyes)), eyes$months)
long$month <- sequence(eyes$months)
long$left <- as.integer(long$month == long$months & long$status == 1)
long$period <- factor(period[long$month])
traits <- model.matrix(~ age + adult, eyes)
person <- model.matrix(~ age + adult + period, long)
in_arm <- lapply(0:1, function(arm) long$trt == arm)

hazard_equations <- function(theta) {
  k <- ncol(person); rows <- list()
  for (arm in 0:1) {
    b <- theta[arm * k + seq_len(k)]
    own <- in_arm[[arm + 1]]
    eta <- drop(person[own, ] %*% b); h <- -expm1(-exp(eta))
    score <- person[own, ] * ((long$left[own] - h) / h * exp(eta))
    by_row <- matrix(0, nrow(eyes), k)
    summed <- rowsum(score, long$row[own])
    by_row[as.integer(rownames(summed)), ] <- summed
    risk <- cumulative(b)
    mu <- theta[2 * k + arm * length(reported) + seq_along(reported)]
    rows <- c(rows, list(by_row)); rows[[paste0("mu", arm)]] <- sweep(risk, 2, mu)
  }
  cbind(rows[[1]], rows[[3]], rows$mu0, rows$mu1)
}
cumulative <- function(b) {
  k <- ncol(traits)
  baseline <- c(0, b[-seq_len(k)])[period]
  sapply(reported, function(t) 1 - sapply(seq_len(nrow(traits)), function(i)
    prod(exp(-exp(sum(traits[i, ] * b[seq_len(k)]) + baseline[seq_len(t)])))))
}
hazards <- lapply(in_arm, function(own) coef(glm.fit(person[own, ], long$left[own], family = binomial("cloglog"), control = exact)))
risks <- lapply(hazards, function(b) colMeans(cumulative(b)))
theta <- c(unlist(hazards), unlist(risks))
standardised <- lapply(list(plain = NULL, clustered = eyes$id), function(cluster) {
  found <- sandwich_of(theta, hazard_equations, cluster)
  own <- length(unlist(hazards)) + seq_along(reported); other <- own + length(reported)
  V <- found$vcov
  list(risks = theta[c(own, other)], errors = sqrt(diag(V)[c(own, other)]),
       differences = theta[other] - theta[own],
       difference_errors = sqrt(diag(V)[own] + diag(V)[other] - 2 * V[cbind(own, other)]))
})

matched <- function(estimand) {
  table <- summary(MatchIt::matchit(treat ~ age + educ + re74, lalonde, method = NULL, estimand = estimand))$sum.all
  list(estimand = tolower(estimand), before = unname(table[c("age", "educ", "re74"), "Std. Mean Diff."]))
}

write_json(list(effects = effects, vcovcl = vcovcl, breaks = breaks, months = reported, standardised = standardised,
                balance = lapply(c("ATE", "ATT"), matched),
                versions = list(R = R.version.string, survey = as.character(packageVersion("survey")),
                                survival = as.character(packageVersion("survival")))),
           "fixtures/referee.json", digits = NA, auto_unbox = TRUE, pretty = FALSE, null = "null")
