export { cutMiddle, mostThatFits } from '../../prompt/fit.ts'
