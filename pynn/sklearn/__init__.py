"""Networks as scikit-learn estimators, for its pipelines, searches and cross-validation.

    from pynn.sklearn import NetworkClassifier

    model = make_pipeline(StandardScaler(), NetworkClassifier((64, 32), random_state=0))
    cross_val_score(model, X, y)

Their words; those that scikit-learn's MLPClassifier has too mean here what they mean there:

    hidden_layer_sizes   (100,)     neurons of each hidden layer, or of the only one
    activation           "relu"     theirs: a name of `pynn.activations`, or an Activation;
                                    "identity" is linear and "logistic" is sigmoid
    layers               None       in the place of both, fresh hidden layers of pynn,
                                    [Dense(64, "relu"), BatchNorm(), Dropout(0.2)] say, or a
                                    function layers(inputs, outputs) that makes them
    input_shape          None       how the numbers of a row lie before the first of `layers`:
                                    (8, 8, 1) makes images of 64
    optimizer            "adam"     a name of `pynn.optimizers`, or what makes an optimizer
                                    for a rate: AdamW, partial(SGD, momentum=0.8)
    alpha                0.0001     pull of all weights towards 0: each layer's l2 is larger by
                                    alpha / (examples in a mini-batch), as with MLPClassifier
    batch_size           "auto"     examples in a mini-batch; auto is 200, or all if fewer
    learning_rate_init   0.001      the optimizer's rate, or a schedule of `pynn.schedules`
    max_iter             200        epochs of a `fit` at most
    shuffle              True       the rows anew before every epoch
    random_state         None       a number gives the same network each time
    tol                  0.0001     by how much a loss, or a score, must be better to count
    n_iter_no_change     10         epochs in a row that may bring less; infinity is no end
    early_stopping       False      goes by the score of rows that are held out, and keeps the
                                    weights with the best; else by the loss of the epochs
    validation_fraction  0.1        the share of the rows that is held out then
    warm_start           False      whether `fit` goes on from the weights of the last one
    verbose              False      a progress bar on the standard error stream
    dtype                "float64"  or "float32", for networks large enough to be faster by it
    class_weight         None       of the classifier alone: {class: w} multiplies the loss of
                                    its examples by w, 1 where it is left out; "balanced" by
                                    n / (classes x examples of this class)

A fit leaves `network_`, a Network that is one's own to save or draw, `loss_curve_` (of each
epoch, with penalties), `n_iter_` epochs so far, `validation_scores_` (None without early
stopping), `n_features_in_`, `feature_names_in_` where X has names, and `classes_`.
`partial_fit` learns one more epoch of the rows given with the network and the optimizer as
they are; max_iter, early stopping and what a network is made of are `fit`'s.

What fails (ValueError for data and words, `pynn.Diverged` for a training) leaves an estimator
as it was. Bytes are numbers like any others here, not pixels. float64 is the default since
tables are small, and answers then are the same, to seven digits, whatever rows are asked
together.
"""

try:
    from sklearn.utils.validation import validate_data  # noqa: F401  which older ones have not
except ImportError as error:
    raise ImportError(
        "pynn.sklearn: expected scikit-learn 1.6 or later; pip install pynn-playground[sklearn]"
    ) from error

from pynn.sklearn.classifier import NetworkClassifier
from pynn.sklearn.regressor import NetworkRegressor

__all__ = ["NetworkClassifier", "NetworkRegressor"]
